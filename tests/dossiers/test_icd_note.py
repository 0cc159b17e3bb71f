"""The crisis note: begun by the call, completed in one act, opened again with a reason, and its clocks."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.errors import NotCompleted, RecordCompleted
from dossiers.models import Clock, IcdRecord, Norm
from dossiers.models.outflow import Step
from dossiers.selectors import call_facts, crisis_clocks
from dossiers.services import complete_note, reopen_note, save_record
from partners.models import Organisation, Region
from routing.errors import InvalidEntry, ReasonRequired
from routing.services import accept

pytestmark = pytest.mark.usefixtures("tuesday_morning")


@pytest.fixture
def norms(kennemerland):
    """As the region keeps them; whoever loads its norms may have done so already."""
    region = Region.objects.get(slug="kennemerland")
    ends = {"icd-process": (24, "crisis_process_closed"), "icd-intervention": (72, "intervention_ended")}
    for slug, (hours, met_by) in ends.items():
        given = {"duration": f"{hours} h", "starts": "crisis_accepted", "ends": met_by, "source": "agreement"}
        Norm.objects.get_or_create(region=region, slug=slug, in_force=True, defaults=given)


@pytest.fixture
def note(norms, wilma, routed) -> IcdRecord:
    """The ICD took the call, and the case is its own."""
    return IcdRecord.objects.get(case=routed(wilma, category="youth_act").case)


@pytest.fixture
def as_wilma(client, wilma):
    client.force_login(wilma.user)
    return client


def save(client, note, **given):
    fields = {"situation": note.situation, "version": note.version} | given
    return client.post(reverse("record-save", args=[note.case_id, "icd"]), fields)


def text_of(response) -> str:
    return unescape(response.content.decode())


def page_of(client, note) -> str:
    response = client.get(reverse("icd-record", args=[note.case_id]))
    assert response.status_code == 200
    return text_of(response)


def test_the_page_holds_what_the_call_holds(as_wilma, note):
    page = page_of(as_wilma, note)
    for known in ("Meisje van 15 hoort stemmen.", "12-17 jaar", "Haarlem", "Jeugd, geen geweld", "U2"):
        assert known in page
    look = AccessLogEntry.objects.get(event="record.read")
    assert (look.record_type, look.subject, look.rule) == ("icdrecord", str(note.case_id), "own_case")


def test_one_act_completes(as_wilma, note, wilma):
    assert save(as_wilma, note, outcome="stabilised", steps=["called_back"], complete="1").status_code == 302
    note.refresh_from_db()
    assert (note.outcome, note.steps, note.completed_by, note.version) == ("stabilised", ["called_back"], wilma.user, 3)
    assert {clock.norm.slug for clock in note.case.clocks.filter(met_at__isnull=False)} == {
        "icd-process",
        "icd-intervention",
    }
    assert AccessLogEntry.objects.filter(event="record.completed").exists()
    assert "Afgerond door Wilma Werker" in page_of(as_wilma, note)


def test_completing_twice_is_once(as_wilma, note):
    for _press in range(2):
        assert save(as_wilma, note, outcome="advice", complete="1").status_code == 302
    note.refresh_from_db()
    assert note.version == 3


MISSING = [
    # what is given, field, message, why
    ({}, "outcome", "Kies de uitkomst.", "without an outcome nobody knows how it ended"),
    ({"outcome": "handed_over"}, "handed_to", "Kies aan wie u overdroeg", "outflow is counted by whom"),
    ({"outcome": "advice", "stuck": "other"}, "stuck_note", "wat de uitstroom tegenhoudt", "other says nothing"),
    ({"outcome": "advice", "stuck_note": "Vol."}, "stuck", "Kies wat de uitstroom tegenhoudt", "a note is not counted"),
]


@pytest.mark.parametrize(("given", "field", "message", "why"), MISSING, ids=[row[3] for row in MISSING])
def test_what_is_missing_stands_at_the_field(as_wilma, note, given, field, message, why):
    refused = save(as_wilma, note, situation="Zij is nu rustig.", complete="1", **given)
    assert refused.status_code == 422, why
    assert refused.context["form"].errors.keys() == {field}
    assert message in text_of(refused)
    assert "Zij is nu rustig." in text_of(refused)
    note.refresh_from_db()
    assert (note.version, note.completed_at) == (1, None)


ILLEGAL = [
    # what a crafted form sends, why
    ({"outcome": "cured"}, "no such outcome"),
    ({"stuck": "bad_luck"}, "no such reason"),
    ({"steps": ["flew"]}, "no such step"),
    ({"agreed": ["\x00"]}, "a zero byte"),
    ({"handed_to": "0"}, "nobody has that number"),
    ({"handed_to": "\x00"}, "no number at all"),
    ({"handed_to": "9" * 40}, "a number that no database has"),
    ({"handed_to_name": "x" * 121}, "longer than a name"),
    ({"version": "een"}, "no version"),
    ({"version": ""}, "no version at all"),
]


@pytest.mark.parametrize(("given", "why"), ILLEGAL, ids=[row[1] for row in ILLEGAL])
def test_what_a_crafted_form_sends_is_refused_and_nothing_written(as_wilma, note, given, why):
    refused = save(as_wilma, note, **({"actions": "Gebeld."} | given))
    assert refused.status_code == 422, why
    assert "Gebeld." in text_of(refused)
    note.refresh_from_db()
    assert note.version == 1


ODD = [
    ("Hij zei: \x00 stop", "Hij zei:  stop", "a pasted zero byte drops out"),
    ("Zij is 😟 en belt 👩‍👧", "Zij is 😟 en belt 👩‍👧", "emoji, also joined ones"),
    ("מילה אחת و كلمة", "מילה אחת و كلمة", "from right to left"),
    ("é" * 100_000, "é" * 100_000, "somebody pastes a whole report"),
    ("een\r\ntwee", "een\ntwee", "a browser sends other line ends"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "shown, never run"),
]


@pytest.mark.parametrize(("typed", "kept", "why"), ODD, ids=[row[2] for row in ODD])
def test_any_text_is_kept_and_shown(as_wilma, note, typed, kept, why):
    given = dict.fromkeys(("situation", "actions", "agreements", "stuck_note"), typed)
    assert save(as_wilma, note, **given).status_code == 302, why
    note.refresh_from_db()
    assert {getattr(note, name) for name in given} == {kept}
    assert kept in page_of(as_wilma, note)
    assert kept in text_of(as_wilma.get(reverse("records", args=[note.case_id])))


def test_a_completed_note_is_read_until_it_is_opened_again(as_wilma, wilma, note):
    complete_note(wilma, note, {"outcome": "advice"}, 1)
    with pytest.raises(RecordCompleted):
        save_record(wilma, note, {"actions": "x"}, 2)
    assert 'name="outcome"' not in page_of(as_wilma, note)
    address = reverse("icd-reopen", args=[note.case_id])
    assert as_wilma.post(address, {"reopened_because": " \x00"}).status_code == 422
    assert as_wilma.post(address, {"reopened_because": "Moeder belde terug."}).status_code == 302
    note.refresh_from_db()
    assert (note.completed_at, note.reopened_because, note.outcome) == (None, "Moeder belde terug.", "advice")
    assert note.history.filter(completed_at__isnull=False).count() == 1
    assert 'name="outcome"' in page_of(as_wilma, note)
    assert as_wilma.post(address, {"reopened_because": "Nog eens."}).status_code == 409


def test_reopening_has_its_reason_and_its_moment(wilma, note):
    with pytest.raises(NotCompleted):
        reopen_note(wilma, note, "x")
    complete_note(wilma, note, {"outcome": "advice"}, 1)
    with pytest.raises(ReasonRequired):
        reopen_note(wilma, note, " ")


def test_who_goes_on_with_a_case_comes_at_the_note_until_it_is_complete(as_wilma, wilma, note):
    address, record = (reverse(name, args=[note.case_id]) for name in ("case-continue", "icd-record"))
    assert as_wilma.get(address).url == f"{record}#icdrecord-outcome"
    complete_note(wilma, note, {"outcome": "advice"}, 1)
    assert as_wilma.get(address).url == reverse("case", args=[note.case_id])


def test_reopened_its_clocks_run_on(wilma, note):
    complete_note(wilma, note, {"outcome": "advice"}, 1)
    met = Clock.objects.filter(case=note.case, met_at__isnull=False)
    assert {clock.norm.slug for clock in met} == {"icd-process", "icd-intervention"}
    reopen_note(wilma, note, "Vader belde nog.")
    assert not met.all().exists()


def test_who_typed_while_a_colleague_completed_loses_nothing(as_wilma, wilma, note):
    complete_note(wilma, note, {"outcome": "advice", "agreements": "Oma belt."}, 1)
    refused = save(as_wilma, note, actions="Vader gesproken.")
    assert refused.status_code == 409
    assert "Vader gesproken." in text_of(refused)
    given = {"actions": "Vader gesproken.", "reopened_because": "Ik was nog bezig."}
    assert save(as_wilma, note, **given).status_code == 302
    note.refresh_from_db()
    kept = (note.actions, note.agreements, note.outcome, note.completed_at)
    assert kept == ("Vader gesproken.", "Oma belt.", "advice", None)


def test_handed_over_says_to_whom(wilma, note):
    kenter = Organisation.objects.get(slug="kenter")
    complete_note(wilma, note, {"outcome": "handed_over", "handed_to": kenter, "stuck": "waiting_list"}, 1)
    note.refresh_from_db()
    assert (note.handed_to, note.stuck) == (kenter, "waiting_list")


def test_only_the_keeper_completes(vincent, karin, note):
    for other in (vincent, karin):
        with pytest.raises(PermissionDenied):
            complete_note(other, note, {"outcome": "advice"}, 1)
        with pytest.raises(PermissionDenied):
            reopen_note(other, note, "x")


def test_incomplete_is_told_by_the_service_too(wilma, note):
    with pytest.raises(InvalidEntry):
        complete_note(wilma, note, {"outcome": ""}, 1)


def test_the_manager_reads_and_does_not_write(client, mirjam, note):
    client.force_login(mirjam.user)
    page = page_of(client, note)
    assert "Meisje van 15 hoort stemmen." in page
    assert reverse("record-save", args=[note.case_id, "icd"]) not in page
    assert save(client, note, actions="x").status_code == 403


# --- Clocks ----------------------------------------------------------------------------------------


def test_the_clocks_are_elapsed_hours(note):
    process, intervention = crisis_clocks(note.case)
    began = note.handover.answered_at
    assert (process.due_at - began, intervention.due_at - began) == (timedelta(hours=24), timedelta(hours=72))
    assert (process.over, intervention.over) == (False, False)
    with time_machine.travel(began + timedelta(hours=25), tick=False):
        process, intervention = crisis_clocks(note.case)
        assert (process.over, process.left, intervention.over) == (True, timedelta(hours=1), False)


def test_the_page_shows_time_left_and_time_over(as_wilma, note):
    page = page_of(as_wilma, note)
    assert "nog 23 u 59 min" in page
    assert "binnen 72 uur" in page
    with time_machine.travel(note.opened_at + timedelta(hours=26), tick=False):
        assert "2 u 0 min over de tijd" in page_of(as_wilma, note)


def test_a_case_without_clocks_shows_none(as_wilma, note):
    note.case.clocks.all().delete()
    assert 'id="klokken"' not in page_of(as_wilma, note)


# --- The call ------------------------------------------------------------------------------------


def test_a_shielded_reporter_is_known_to_veilig_thuis_only(wilma, vincent, routed):
    """And to who took the call: here nobody's contact is kept, so that Wilma is as any other team."""
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    assert not call_facts(wilma, case).caller_hidden
    save_record(vincent, case.vtrecord, {"reporter_shielded": True}, 1)
    assert not call_facts(vincent, case).caller_hidden
    facts = call_facts(wilma, case)
    assert (facts.caller_hidden, facts.told_caller, facts.callback_number) == (True, "", "")


def test_its_history_says_what_was_ticked_in_words(as_wilma, note):
    save(as_wilma, note, outcome="stabilised", steps=["called_back"])
    page = text_of(as_wilma.get(reverse("case-history", args=[note.case_id]), {"onderdeel": "icdrecord"}))
    assert str(Step.CALLED_BACK.label) in page
    assert "called_back" not in page
