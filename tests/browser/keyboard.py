"""Hands that only have a keyboard: they get somewhere by Tab and arrows, and every key is counted."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 40
HAS_FOCUS = "each => each === document.activeElement"
IN_GROUP = "each => document.activeElement.type === 'radio' && document.activeElement.name === each.name"


class Keyboard:
    """`pressed` counts every key but the text of somebody's own words; `typed` counts the letters of short answers."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self.typed = page, 0, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def to(self, what: Locator, there: str = HAS_FOCUS) -> None:
        """By Tab, unless the focus is there already."""
        what.wait_for()
        for _tab in range(MOST_TABS):
            if what.evaluate(there):
                return
            self.press("Tab")
        raise AssertionError(f"not reached within {MOST_TABS} tabs: {what}")

    def choose(self, what: Locator) -> None:
        """One of a group of radio buttons."""
        self.to(what, IN_GROUP)
        for _choice in range(MOST_TABS):
            if what.is_checked():
                return
            self.press("Space" if what.evaluate(HAS_FOCUS) else "ArrowDown")
        raise AssertionError(f"not reached: {what}")

    def tick(self, what: Locator) -> None:
        self.to(what)
        self.press("Space")
        expect(what).to_be_checked()

    def answer(self, what: Locator, text: str) -> None:
        self.to(what)
        self.page.keyboard.type(text)
        self.typed += len(text)

    def say(self, what: Locator, text: str) -> None:
        """In one's own words: the letters do not count."""
        self.to(what)
        self.page.keyboard.insert_text(text)

    def enter(self, what: Locator) -> None:
        self.to(what)
        self.press("Enter")
