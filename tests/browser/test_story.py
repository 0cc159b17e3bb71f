"""One night, one family: the police call, the note of the ICD, on to Veilig Thuis, to the end of the dossier.

Both records, their history, and every look in the access log.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Action, Clock, IcdRecord, VtRecord
from routing.models import Case, LeadPeriod

from .keyboard import Keyboard
from .person import Person
from .test_veilig_thuis import act
from .test_warm_handover import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.story]

NIGHT = datetime(2026, 11, 28, 2, 30, tzinfo=AMSTERDAM)
MOST_KEYS = 40


@pytest.fixture
def clock():
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


class Desk:
    """Somebody at work on the case: each page they open must leave a trace, and is looked at by axe."""

    def __init__(self, page: Page, username: str, sign_in: Callable[[Page, str], None], axe_source: str) -> None:
        self.page, self.username, self.axe = page, username, axe_source
        self.signs_in = partial(sign_in, page, username)
        self.signs_in()
        self.case = 0
        self.found: list[str] = []

    def looks_at(self, address: str) -> None:
        before = self._looks()
        self.page.goto(f"/casus/{self.case}/{address}")
        assert self._looks() > before, f"{self.username} looked at {address}, and nobody will know"
        self.found += looked_at(self.page, self.axe)

    def _looks(self) -> int:
        seen = AccessLogEntry.objects.filter(subject=str(self.case), user__username=self.username)
        return seen.exclude(rule="").exclude(purpose="").filter(outcome="allowed").count()


@pytest.fixture
def wilma(visitor, sign_in, axe_source) -> Desk:
    return Desk(visitor(), "worker", sign_in, axe_source)


@pytest.fixture
def vincent(visitor, sign_in, axe_source) -> Desk:
    return Desk(visitor(), "vt", sign_in, axe_source)


def test_from_the_call_at_night_to_the_end_of_the_dossier(clock, wilma, vincent, refused_by_csp):
    takes_the_call_and_writes_the_note(wilma)
    vincent.case = wilma.case = Case.objects.get().pk
    hands_on_to_veilig_thuis(wilma)
    clock.shift(timedelta(minutes=10))
    takes_it(vincent)
    records_the_family(vincent)
    imposes_a_restraining_order(vincent)
    clock.shift(timedelta(days=2))
    brings_the_report_to_its_end(vincent, clock)

    wilma.signs_in()
    both_records_stand(wilma, vincent)
    everything_is_accounted_for(wilma, vincent)
    assert wilma.found + vincent.found + refused_by_csp == []


def takes_the_call_and_writes_the_note(wilma: Desk) -> None:
    """With the keyboard only, beside the text that is typed: fewer than forty keys from the first ring to the note."""
    page, hands, person = wilma.page, Keyboard(wilma.page), Person(wilma.page)
    person.start_call()
    hands.say(
        person.field("narrative"), "Politie ter plaatse: zoon van 14 slaat met deuren, ouders kunnen hem niet aan."
    )
    for question, answer in (("danger", "no"), ("category", "youth_act"), ("suicidal", "no"), ("weapon", "no")):
        hands.choose(page.locator(f"#field-{question} input[value='{answer}']"))
    hands.answer(person.field("callback_number"), "0230000102")
    hands.answer(person.field("municipality"), "Haarlem")
    hands.answer(person.field("age"), "14")
    hands.answer(person.field("provider"), "G")
    person.saved()
    hands.press("Control+Enter")
    page.wait_for_url("**/teruglezen/")
    hands.enter(page.locator("#desk-confirm"))
    page.wait_for_url("**/overdracht/*/")
    hands.enter(page.get_by_role("link", name="Open casus"))
    page.wait_for_url("**/icd/**")
    hands.choose(page.get_by_label("naar Veilig Thuis", exact=True))
    hands.tick(page.get_by_label("ouders gesproken"))
    hands.say(page.get_by_label("Wat is er gedaan?"), "Jongste kind vertelt dat vader slaat. Vader ontkent.")
    hands.press("Control+Enter")
    expect(page.get_by_text("Het verslag is bewaard.")).to_be_visible()
    assert hands.pressed < MOST_KEYS, f"{hands.pressed} keys, and {hands.typed} letters of short answers"


def hands_on_to_veilig_thuis(wilma: Desk) -> None:
    wilma.looks_at("icd/")
    wilma.page.locator("#doorgeven summary").press("Enter")
    wilma.page.get_by_label("Waarom hoort de casus daar?").select_option("mixed_picture")
    wilma.page.get_by_role("button", name="Aanbieden").press("Enter")
    expect(wilma.page.get_by_role("main")).to_contain_text("Veilig Thuis Kennemerland")


def takes_it(vincent: Desk) -> None:
    vincent.page.goto("/inbox/")
    vincent.page.get_by_role("link", name=f"Casus {vincent.case}").click()
    vincent.page.get_by_role("button", name="Aannemen").click()
    vincent.looks_at("")
    expect(vincent.page.get_by_text("Veiligheidsbeoordeling").first).to_be_visible()


def records_the_family(vincent: Desk) -> None:
    page = vincent.page
    vincent.looks_at("mensen/")
    page.get_by_role("link", name="Gezin of familie toevoegen").click()
    page.get_by_label("Voornamen", exact=True).fill("Jan")
    page.get_by_label("Achternaam", exact=True).fill("Bakker")
    page.get_by_label("Geboortedatum", exact=True).fill("1-5-1985")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nieuwe persoon toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jan Bakker")


def imposes_a_restraining_order(vincent: Desk) -> None:
    page = vincent.page
    vincent.looks_at("acties/")
    page.get_by_role("link", name="Tijdelijk huisverbod").click()
    page.get_by_label("Wie betreft het?").select_option(label="Jan Bakker")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("loopt af")
    page.goto(f"/casus/{vincent.case}/acties/nieuw/restraining_order/")
    page.get_by_label("Wie betreft het?").select_option(label="Jan Bakker")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("al een huisverbod")


def brings_the_report_to_its_end(vincent: Desk, clock) -> None:
    page = vincent.page
    vincent.looks_at("veilig-thuis/")
    act(page, "Veiligheid beoordelen", outcome="unsafe", note="Blauwe plekken bij de jongste.", children_seen="yes")
    act(page, "Uitkomst van de triage vastleggen", note="Onderzoek nodig.", kind="local_team", carrier_name="wijkteam")
    act(page, "Onderzoek beginnen", note="Letsel past niet bij het verhaal.")
    clock.shift(timedelta(weeks=3))
    vincent.signs_in()
    vincent.looks_at("veilig-thuis/")
    act(page, "Onderzoek besluiten", spoken_with="School.", findings="Vaker letsel.", conclusion="confirmed")
    act(
        page,
        "Overdragen",
        carrier_name="Lokaal team Haarlem",
        agreed_with="Lia",
        agreed_on=f"{timezone.localdate()}",
        note="Neemt over.",
    )
    vincent.looks_at("veilig-thuis/")


def both_records_stand(wilma: Desk, vincent: Desk) -> None:
    note, dossier = IcdRecord.objects.get(case=wilma.case), VtRecord.objects.get(case=wilma.case)
    assert dossier.promoted_from == note
    assert "Jongste kind vertelt dat vader slaat." in note.actions
    assert note.history.count() >= 2
    assert dossier.history.count() >= 5
    order = Action.objects.get(kind="restraining_order")
    assert Clock.objects.get(topic=order.topic, norm__slug="thv").due_at == datetime(2026, 12, 9, tzinfo=AMSTERDAM)
    assert [str(period.organisation) for period in LeadPeriod.objects.filter(case=wilma.case)] == [
        "Integrale Crisisdienst Jeugd Kennemerland",
        "Veilig Thuis Kennemerland",
    ]
    for desk in (wilma, vincent):
        desk.looks_at("naast-elkaar/")
        expect(desk.page.get_by_role("main")).to_contain_text("Jongste kind vertelt dat vader slaat.")


def everything_is_accounted_for(wilma: Desk, vincent: Desk) -> None:
    vincent.looks_at("tijdlijn/")
    for told in ("Begonnen: tijdelijk huisverbod", "kreeg de regie", "Geopend: dossier van Veilig Thuis"):
        expect(vincent.page.get_by_role("main")).to_contain_text(told)
    vincent.looks_at("geschiedenis/")
    expect(vincent.page.get_by_role("main")).to_contain_text("Vincent Thuis")
    vincent.looks_at("inzage/")
    expect(vincent.page.get_by_role("main")).to_contain_text("Integrale Crisisdienst Jeugd Kennemerland")
    assert not AccessLogEntry.objects.filter(subject=str(wilma.case), rule="").exists()
