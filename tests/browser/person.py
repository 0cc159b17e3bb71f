"""The hands of somebody at the desk: mostly on the keyboard, going by what the page shows."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from partners.demo import PASSWORD


class Person:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str) -> None:
        self.page.goto("/aanmelden/")
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/aanmelden/" not in url)

    def start_call(self) -> None:
        self.page.goto("/balie/")
        self.page.get_by_role("main").get_by_role("button", name="Nieuw gesprek").press("Enter")
        self.page.wait_for_url(re.compile(r"/balie/[0-9a-f-]{36}/$"))
        expect(self.field("narrative")).to_be_focused()

    @property
    def card(self) -> Locator:
        return self.page.locator("#desk-answer")

    def field(self, question: str) -> Locator:
        return self.page.locator(f"#field-{question} :is(input, select, textarea)").first

    def error(self, question: str) -> Locator:
        return self.page.locator(f"#error-{question}")

    def answer(self, answers: Mapping[str, str]) -> None:
        for question, given in answers.items():
            self._answer(question, given)

    def saved(self) -> None:
        """Leaves the field, which saves it, and waits until the server has it."""
        self.page.keyboard.press("Tab")
        sent = int(self.page.locator("#desk-form [name=revision]").input_value()) - 1
        expect(self.page.locator("#desk-state")).to_have_attribute("data-revision", str(sent))

    def read_back(self) -> None:
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_url("**/teruglezen/")

    def confirm(self) -> None:
        """Enter is enough: the button has the focus."""
        expect(self.page.locator("#desk-confirm")).to_be_focused()
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/(overdracht|meldingen)/\d+/$"))

    def _answer(self, question: str, given: str) -> None:
        figures = self.page.locator(f"details:not([open]):has(#field-{question}) > summary")
        if figures.count():
            figures.press("Enter")
        choice = self.page.locator(f"#field-{question} input[value='{given}']")
        if choice.count():
            choice.wait_for()  # a question may appear only after the answer before it
            choice.press("Space")
        elif self.page.locator(f"#field-{question} select").count():
            self.field(question).select_option(given)
        else:
            self.field(question).press_sequentially(given)
