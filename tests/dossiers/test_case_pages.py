"""The forms on the page of a case: what each takes and refuses, for whom, and that nothing typed is lost."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLogEntry
from partners.models import Organisation
from routing.models import Case, CaseNote, Consultation, Handover
from routing.readback import ReadBack
from routing.services import accept, add_note, close_case, decline, hand_back, hold_consultation

pytestmark = pytest.mark.usefixtures("tuesday_morning")

# A client of Kenter in a crisis that is not about the treatment: for Veilig Thuis, and later back to Kenter.
KENTERS_CLIENT = {"category": "hgkm", "age": 16, "provider": "kenter", "related": False}
ASKS = {"situation": "Het is weer rustig.", "request": "Pakt u de behandeling weer op?"}


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    """Veilig Thuis leads it."""
    return accept(vincent, routed(wilma, **KENTERS_CLIENT)).case


@pytest.fixture
def settled(case, vincent) -> Case:
    """Nothing obligatory is left to do."""
    for asked in case.additions.filter(kind="consult"):
        hold_consultation(vincent, case, [asked.organisation], "advice")
    case.additions.filter(done_at__isnull=True, obligatory=True).delete()
    return case


@pytest.fixture
def signed_in(client) -> Callable[..., Client]:
    def sign_in(actor) -> Client:
        client.force_login(actor.user)
        return client

    return sign_in


@pytest.fixture
def as_vincent(signed_in, vincent) -> Client:
    return signed_in(vincent)


def post(client, name, case, **given):
    return client.post(reverse(name, args=[case.pk]), given)


def text_of(response) -> str:
    return unescape(response.content.decode())


def page_of(client, case) -> str:
    return text_of(client.get(reverse("case", args=[case.pk])))


def pk_of(slug: str) -> int:
    return Organisation.objects.get(slug=slug).pk


# --- What is filled in wrong -----------------------------------------------------------------------

WRONG = [
    # form, what is given, what the field says, and why it is wrong
    ("case-note", {"text": "  "}, "Schrijf eerst iets op.", "an empty note says nothing"),
    ("case-note", {"text": "\x00"}, "Schrijf eerst iets op.", "a zero byte alone is nothing"),
    ("case-consult", {"outcome": "advice"}, "Kies met wie u overlegde", "nobody was called"),
    ("case-consult", {"parties": ["kenter"]}, "Kies wat eruit kwam.", "without an outcome it was no consultation"),
    (
        "case-consult",
        {"parties": ["kenter", "ggz-ingeest", "politie"], "outcome": "advice"},
        "één of twee organisaties",
        "four at one table is a meeting",
    ),
    (
        "case-consult",
        {"parties": ["kenter"], "outcome": "other_lead"},
        "Schrijf op bij wie de regie beter past",
        "that another should lead needs its reason",
    ),
    ("case-hand-back", {"situation": "Rustig."}, "Schrijf op wat u de eigen behandelaar vraagt.", "nothing is asked"),
    ("case-close", {"closing_note": " "}, "Schrijf op hoe de crisis is afgelopen.", "how it ended is for ever unknown"),
]


@pytest.mark.parametrize(("name", "given", "says", "why"), WRONG, ids=[f"{row[0]}: {row[3]}" for row in WRONG])
def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(as_vincent, case, name, given, says, why):
    parties = [pk_of(slug) for slug in given.get("parties", [])]
    response = post(as_vincent, name, case, **(given | {"parties": parties}))
    page = text_of(response)
    assert (response.status_code, says in page) == (422, True), why
    assert given.get("situation", "") in page
    assert page.count("checked") == len(parties) or name != "case-consult"
    assert not CaseNote.objects.exists()
    assert not Consultation.objects.exists()
    assert case.handovers.count() == 1


ODD = [
    ("Hij zei: \x00 'stop'", "Hij zei:  'stop'", "a pasted zero byte drops out"),
    ("Zij is 😟 en belt 👩‍👧", "Zij is 😟 en belt 👩‍👧", "emoji, also joined ones"),
    ("מילה אחת و كلمة", "מילה אחת و كلمة", "from right to left"),
    ("é" * 100_000, "é" * 100_000, "somebody pastes a whole report"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "shown, never run"),
]


@pytest.mark.parametrize(("typed", "kept", "why"), ODD, ids=[row[2] for row in ODD])
def test_any_text_is_kept_and_shown(as_vincent, case, typed, kept, why):
    assert post(as_vincent, "case-note", case, text=typed).status_code == 302, why
    assert CaseNote.objects.get().text == kept
    page = as_vincent.get(reverse("case", args=[case.pk])).content.decode()
    assert kept in unescape(page)
    assert "<script>alert" not in page


# --- Notes and consultations -----------------------------------------------------------------------


def test_a_note_is_added_while_the_case_is_on_offer(signed_in, wilma, routed):
    case = routed(wilma, **KENTERS_CLIENT).case
    client = signed_in(wilma)
    assert post(client, "case-note", case, text="Moeder belde terug.").status_code == 302
    page = page_of(client, case)
    assert "Moeder belde terug." in page
    assert wilma.user.get_full_name() in page
    assert AccessLogEntry.objects.get(event="case.noted").subject == str(case.pk)


def test_one_consultation_with_two_parties_settles_what_was_asked(as_vincent, case):
    asked = case.additions.get(kind="consult")
    page = as_vincent.get(reverse("case", args=[case.pk]))
    assert page.context["consultation_form"]["parties"].value() == [asked.organisation_id]

    given = {"parties": [asked.organisation_id, pk_of("politie")], "outcome": "joint", "note": "Samen erheen."}
    post(as_vincent, "case-consult", case, **given)
    held = Consultation.objects.get()
    assert {party.pk for party in held.parties.all()} == set(given["parties"])
    assert asked in held.settles.all()
    assert "Samen erheen." in page_of(as_vincent, case)
    assert case.lead_periods.get(ended_at=None).organisation.slug.startswith("veilig-thuis")


def test_what_is_obligatory_stands_out_until_when(signed_in, wilma, karin, routed):
    case = accept(karin, routed(wilma, danger=False)).case
    case.additions.create(organisation_id=pk_of("politie"), kind="consult", obligatory=True, due_at=case.opened_at)
    page = page_of(signed_in(karin), case)
    assert "Verplicht" in page
    assert "vóór 10:15" in page


def test_informing_keeps_its_one_click(as_vincent, case):
    informed = case.additions.get(kind="inform")
    as_vincent.post(reverse("consultation-done", args=[case.pk, informed.pk]))
    informed.refresh_from_db()
    assert informed.done_at


# --- After the crisis --------------------------------------------------------------------------------


def test_handing_back_moves_the_lead_when_it_is_accepted(as_vincent, karin, case):
    page = page_of(as_vincent, case)
    assert "De regie gaat pas over als zij aannemen." in page
    assert "Meisje van 15 hoort stemmen." in page, "prefilled with what was read back"

    post(as_vincent, "case-hand-back", case, **ASKS)
    offered = Handover.objects.get(state="offered")
    assert (offered.kind, offered.request) == ("hand_back", ASKS["request"])
    assert case.lead_periods.get(ended_at=None).organisation.slug.startswith("veilig-thuis")
    accept(karin, offered)
    assert case.lead_periods.get(ended_at=None).organisation.slug == "kenter"


def test_the_case_goes_back_once(as_vincent, case):
    post(as_vincent, "case-hand-back", case, **ASKS)
    again = post(as_vincent, "case-hand-back", case, **ASKS)
    assert again.status_code == 409
    assert "staat nog open bij een ander" in text_of(again)
    assert ASKS["request"] in text_of(again), "what was typed is not lost"


def test_without_another_own_provider_there_is_nothing_to_hand_back(signed_in, vincent, wilma, routed):
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    client = signed_in(vincent)
    assert "Teruggeven aan" not in page_of(client, case)
    refused = post(client, "case-hand-back", case, **ASKS)
    assert refused.status_code == 409
    assert "geen andere eigen behandelaar" in text_of(refused)
    assert ASKS["request"] in text_of(refused)


def test_after_a_refused_hand_back_the_case_can_be_offered_again(as_vincent, vincent, karin, case):
    decline(karin, hand_back(vincent, case, ReadBack(request="Neemt u terug?")), "not_target_group")
    page = page_of(as_vincent, case)
    assert "nam niet aan en uw organisatie houdt de regie" in page
    assert "Opnieuw aanbieden" in page
    assert "Teruggeven aan" in page


def test_closing_says_when_by_whom_and_how_it_ended(as_vincent, vincent, settled):
    given = {"closing_note": "Moeder is bij oma.", "drop_terms": "on"}
    assert post(as_vincent, "case-close", settled, **given).status_code == 302
    page = page_of(as_vincent, settled)
    for shown in ("Afgesloten", "Moeder is bij oma.", vincent.user.get_full_name(), "Gesloten"):
        assert shown in page
    assert "Casus afsluiten" not in page


def test_what_is_still_open_is_listed_and_the_note_stays(as_vincent, case, vincent):
    case.additions.create(organisation_id=pk_of("politie"), kind="consult", obligatory=True)
    hand_back(vincent, case, ReadBack(request="Neemt u terug?"))
    refused = post(as_vincent, "case-close", case, closing_note="Het is klaar.")
    page = text_of(refused)
    assert refused.status_code == 409
    assert "staat nog open bij een ander" in page
    assert "Nog verplicht: overleg met Politie." in page
    assert "Het is klaar." in page


# --- For whom ------------------------------------------------------------------------------------------

ACTIONS = {
    "case-note": {"text": "x"},
    "case-consult": {"outcome": "advice"},
    "case-hand-back": ASKS,
    "case-close": {"closing_note": "x"},
    "case-offer": {},
}


def test_another_organisation_sees_and_does_nothing(signed_in, ingrid, case):
    client = signed_in(ingrid)
    for name in ("case", "case-lead"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404
    for name, given in ACTIONS.items():
        assert post(client, name, case, **given).status_code == 404, name
    assert AccessLogEntry.objects.filter(event="case.refused", record_id=str(case.pk)).count() == 2 + len(ACTIONS)


def test_who_sent_it_adds_notes_and_does_not_end_it(signed_in, wilma, case):
    client = signed_in(wilma)
    page = page_of(client, case)
    assert "Notitie toevoegen" in page
    assert "Casus afsluiten" not in page
    for name in ("case-hand-back", "case-close"):
        refused = post(client, name, case, **ACTIONS[name])
        assert refused.status_code == 409
        assert "alleen de organisatie die nu de regie heeft" in text_of(refused)


# --- Who had the lead --------------------------------------------------------------------------------


def test_the_lead_history_tells_the_whole_way(as_vincent, vincent, karin, settled):
    accept(karin, hand_back(vincent, settled, ReadBack(request="Neemt u terug?")))
    add_note(karin, settled, "Gesproken.")
    response = as_vincent.get(reverse("case-lead", args=[settled.pk]))
    page = text_of(response)
    told = response.context["told"]
    assert len(told.periods) == 3
    assert told.periods[0].why == "nam de melding aan"
    assert "Op elk moment was er precies één regiehouder" in page
    for shown in ("bood aan bij", "gaf terug aan", "nam aan", "reeg de eigen cliënt terug", "Overleg van"):
        assert shown in page
    assert AccessLogEntry.objects.get(event="case.lead_read").rule == "involved"


def test_a_closed_case_still_joins_up(as_vincent, vincent, settled):
    close_case(vincent, settled, "Voorbij.")
    page = text_of(as_vincent.get(reverse("case-lead", args=[settled.pk])))
    assert "Op elk moment was er precies één regiehouder" in page
    assert "daarna had niemand meer de regie" in page


def test_a_gap_is_not_called_whole(as_vincent, settled):
    """The database refuses one at the end of a transaction; this looks in the middle of it."""
    of_this_case = Case.objects.filter(pk=settled.pk)
    of_this_case.update(opened_at=settled.opened_at.replace(year=2020))
    page = text_of(as_vincent.get(reverse("case-lead", args=[settled.pk])))
    of_this_case.update(opened_at=settled.opened_at)
    assert "precies één regiehouder" not in page
    assert "sluiten niet op elkaar aan" in page
