"""After the crisis: feedback, back to the own provider, closing; and what is noted and consulted meanwhile."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts.models import OutboxMessage
from accounts.policies import Actor
from partners.models import Organisation, Service
from routing.errors import AlreadyAnswered, AlreadyResponsible, InvalidEntry, NoOwnProvider, NotTheLead, StillOpen
from routing.models import Alarm, Case, CaseNote, Consultation, Handover
from routing.readback import ReadBack
from routing.services import (
    accept,
    add_note,
    close_case,
    decline,
    give_feedback,
    hand_back,
    hold_consultation,
    offer_again,
    record_phone_answer,
    suspend,
    sweep,
    withdraw,
)

from .conftest import AMSTERDAM, TUESDAY_MORNING

pytestmark = pytest.mark.usefixtures("tuesday_morning")

State = Handover.State
QUESTION = ReadBack("De crisis is voorbij.", request="Neem de behandeling weer over.")
# Violence, in treatment at Kenter for something else: Veilig Thuis leads, and Kenter gets its client back.
TREATED_BY_KENTER = {"category": "hgkm", "provider": "kenter", "related": False}


def lead_of(case: Case) -> str:
    return case.lead_periods.get(ended_at__isnull=True).organisation.slug


def whys(case: Case) -> list[str]:
    return list(case.lead_periods.values_list("why", flat=True))


@pytest.fixture
def led_by_vt(wilma, vincent, routed) -> Case:
    """Wilma's call, taken by Vincent; everything obligatory done."""
    case = accept(vincent, routed(wilma, **TREATED_BY_KENTER)).case
    case.additions.update(done_at=timezone.now())
    return case


# --- Feedback -------------------------------------------------------------------------------------------


def test_who_accepted_tells_the_sender_how_it_went_once(wilma, karin, routed):
    handover = accept(karin, routed(wilma))
    given = give_feedback(karin, handover, " Opgenomen. ")
    assert (given.feedback, given.feedback_by) == ("Opgenomen.", karin.user)
    assert OutboxMessage.objects.get(kind="handover.feedback").recipient == handover.sender.email
    with pytest.raises(AlreadyAnswered):
        give_feedback(karin, handover, "Toch niet.")
    handover.refresh_from_db()
    assert handover.feedback == "Opgenomen."


def test_nobody_else_gives_it_and_not_before_acceptance(wilma, karin, ingrid, routed):
    handover = routed(wilma)
    with pytest.raises(AlreadyAnswered):
        give_feedback(karin, handover, "Opgenomen.")
    accept(karin, handover)
    for other in (wilma, ingrid):
        with pytest.raises(PermissionDenied):
            give_feedback(other, handover, "Opgenomen.")
    with pytest.raises(InvalidEntry) as refused:
        give_feedback(karin, handover, " ")
    assert list(refused.value.errors) == ["feedback"]


def test_by_phone_the_sender_writes_down_what_it_heard(wilma, vincent, routed):
    offered = routed(wilma, category="somatic", age=82)
    taken = record_phone_answer(wilma, offered, accepted_by_name="dr. Jansen")
    with pytest.raises(PermissionDenied):
        give_feedback(vincent, taken, "Thuis gelaten.")
    assert give_feedback(wilma, taken, "Thuis gelaten.").feedback_by == wilma.user
    assert not OutboxMessage.objects.filter(kind="handover.feedback").exists(), "nobody is told what it wrote itself"


# --- Back to the own provider ---------------------------------------------------------------------------


def test_the_lead_moves_only_when_the_own_provider_accepts(vincent, karin, led_by_vt):
    offered = hand_back(vincent, led_by_vt, QUESTION)
    assert (offered.kind, offered.service.slug, offered.state) == ("hand_back", "kenter", "offered")
    assert lead_of(led_by_vt) == "veilig-thuis-kennemerland"
    accept(karin, offered)
    assert lead_of(led_by_vt) == "kenter"
    assert whys(led_by_vt) == ["taken", "accepted", "handed_back"]
    earlier = led_by_vt.handovers.get(kind="offer")
    assert earlier.state == State.RETURNED


def _karin_refuses(karin: Actor, offered: Handover) -> None:
    decline(karin, offered, "not_responsible")


def _nobody_answers(_karin: Actor, offered: Handover) -> None:
    with time_machine.travel(offered.due_at + timedelta(seconds=1)):
        sweep()


@pytest.mark.parametrize("ends", [_karin_refuses, _nobody_answers])
def test_what_is_not_taken_back_stays_with_the_lead_under_an_alarm(vincent, karin, led_by_vt, ends):
    offered = hand_back(vincent, led_by_vt, QUESTION)
    ends(karin, offered)
    assert led_by_vt.handovers.count() == 2, "it goes to nobody else"
    assert not led_by_vt.handovers.filter(state=State.OFFERED).exists()
    assert lead_of(led_by_vt) == "veilig-thuis-kennemerland"
    assert Alarm.objects.filter(kind=Alarm.Kind.HAND_BACK_UNANSWERED, case=led_by_vt).exists()
    assert hand_back(vincent, led_by_vt, QUESTION).state == State.OFFERED


def test_its_clock_starts_when_the_line_opens(vincent, led_by_vt):
    """Kenter opens at 8.30: half a working day from then."""
    with time_machine.travel(TUESDAY_MORNING.replace(hour=20), tick=False):
        offered = hand_back(vincent, led_by_vt, QUESTION)
    assert offered.due_at == datetime(2026, 11, 25, 12, 30, tzinfo=AMSTERDAM)
    assert offered.offered_at < offered.remind_at < offered.due_at


def test_a_diverted_line_has_time_until_it_opens_after_the_diversion(vincent, mirjam, led_by_vt):
    kenter = Service.objects.get(region__slug="kennemerland", slug="kenter")
    suspend(mirjam, kenter, TUESDAY_MORNING.replace(hour=22), "Brand in het pand.")
    with time_machine.travel(TUESDAY_MORNING.replace(hour=11), tick=False):
        offered = hand_back(vincent, led_by_vt, QUESTION)
        sweep()
    offered.refresh_from_db()
    assert offered.state == State.OFFERED
    assert offered.due_at == datetime(2026, 11, 25, 12, 30, tzinfo=AMSTERDAM)


def test_a_hand_back_needs_the_lead_a_question_and_nothing_on_offer(wilma, vincent, led_by_vt):
    with pytest.raises(NotTheLead):
        hand_back(wilma, led_by_vt, QUESTION)
    with pytest.raises(InvalidEntry) as refused:
        hand_back(vincent, led_by_vt, ReadBack("De crisis is voorbij."))
    assert list(refused.value.errors) == ["request"]
    hand_back(vincent, led_by_vt, QUESTION)
    with pytest.raises(StillOpen):
        hand_back(vincent, led_by_vt, QUESTION)


def test_without_another_own_provider_there_is_nobody_to_hand_back_to(wilma, karin, ingrid, routed):
    with pytest.raises(NoOwnProvider):
        hand_back(karin, accept(karin, routed(wilma)).case, QUESTION)
    own = routed(wilma, provider="ggz-ingeest", related=True)
    with pytest.raises(NoOwnProvider):
        hand_back(ingrid, accept(ingrid, own).case, QUESTION)


# --- Closing ---------------------------------------------------------------------------------------------


def test_closing_ends_the_lead_with_a_note(vincent, wilma, led_by_vt):
    with pytest.raises(NotTheLead):
        close_case(wilma, led_by_vt, "Rustig.")
    with pytest.raises(InvalidEntry) as refused:
        close_case(vincent, led_by_vt, " ")
    assert list(refused.value.errors) == ["closing_note"]
    closed = close_case(vincent, led_by_vt, " Rustig. ")
    assert (closed.closing_note, closed.closed_by) == ("Rustig.", vincent.user)
    assert closed.lead_periods.last().ended_at == closed.closed_at
    with pytest.raises(NotTheLead):
        close_case(vincent, led_by_vt, "Nog eens.")


def test_nothing_may_stand_open(wilma, vincent, routed):
    offered = routed(wilma, **TREATED_BY_KENTER)
    with pytest.raises(StillOpen) as refused:
        close_case(wilma, offered.case, "Rustig.")
    assert len(refused.value.problems) == 2, "the offer, and Kenter that must be informed"
    withdraw(wilma, offered, "Toch niet.")
    with pytest.raises(StillOpen):
        close_case(wilma, offered.case, "Rustig.")
    offered.case.additions.update(done_at=timezone.now())
    assert close_case(wilma, offered.case, "Rustig.").closed_at


# --- Notes and consultations -------------------------------------------------------------------------------


def test_a_note_is_added_at_any_state(wilma, vincent, karin, routed, led_by_vt):
    on_offer = routed(wilma)
    add_note(karin, on_offer.case, "Wij bellen zo.")
    withdraw(wilma, on_offer, "Toch niet.")
    add_note(wilma, on_offer.case, "Moeder belde weer.")
    close_case(vincent, led_by_vt, "Rustig.")
    add_note(vincent, led_by_vt, "Nog een brief gestuurd.")
    assert CaseNote.objects.count() == 3
    with pytest.raises(PermissionDenied):
        add_note(karin, on_offer.case, "Wij bellen zo.")
    with pytest.raises(InvalidEntry):
        add_note(wilma, on_offer.case, " ")


@pytest.fixture
def other(kennemerland):
    return lambda slug: Organisation.objects.get(slug=slug)


def test_a_consultation_settles_what_was_asked_and_never_moves_the_lead(wilma, routed, other):
    case = routed(wilma, category="hgkm").case
    parties = [other("ggz-ingeest"), other("kenter")]
    missed = hold_consultation(wilma, case, parties, "not_reached")
    asked = case.additions.get(kind="consult")
    assert (asked.done_at, list(missed.settles.all())) == (None, [])
    held = hold_consultation(wilma, case, parties, "other_lead", "GGZ inGeest kent hem.")
    asked.refresh_from_db()
    assert (asked.consultation, asked.done_by, held.parties.count()) == (held, wilma.user, 2)
    assert lead_of(case) == "icd-kennemerland"


ENTRIES = [
    ([], "advice", "", "parties", "with nobody"),
    (["kenter", "ggz-ingeest", "veilig-thuis-kennemerland"], "advice", "", "parties", "four at the table"),
    (["icd-kennemerland"], "advice", "", "parties", "with ourselves"),
    (["kenter"], "", "", "outcome", "nothing came of it"),
    (["kenter"], "zomaar", "", "outcome", "not an outcome of the list"),
    (["kenter"], "other_lead", " ", "note", "with whom, and why"),
]


@pytest.mark.parametrize(("parties", "outcome", "note", "field", "why"), ENTRIES)
def test_a_consultation_says_with_whom_and_what_came_of_it(wilma, routed, other, parties, outcome, note, field, why):
    case = routed(wilma).case
    with pytest.raises(InvalidEntry) as refused:
        hold_consultation(wilma, case, [other(slug) for slug in parties], outcome, note)
    assert list(refused.value.errors) == [field], why
    assert not Consultation.objects.exists()


def test_who_may_not_see_the_case_consults_about_nothing(wilma, ingrid, routed, other):
    with pytest.raises(PermissionDenied):
        hold_consultation(ingrid, routed(wilma).case, [other("kenter")], "advice")


ATTEMPTS = [
    "UPDATE routing_consultation SET note = 'anders'",
    "UPDATE routing_casenote SET text = 'anders'",
    "DELETE FROM routing_casenote",
    "DELETE FROM routing_consultation_parties; DELETE FROM routing_consultation",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_was_noted_or_consulted_never_changes(wilma, routed, other, attempt):
    case = routed(wilma).case
    add_note(wilma, case, "Moeder belde weer.")
    hold_consultation(wilma, case, [other("kenter")], "advice", "Rustig blijven.")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert (CaseNote.objects.get().text, Consultation.objects.get().note) == ("Moeder belde weer.", "Rustig blijven.")


# --- Why the lead came ---------------------------------------------------------------------------------------


def test_why_the_lead_came_by_phone(wilma, routed):
    offered = routed(wilma, category="somatic", age=82)
    record_phone_answer(wilma, offered, accepted_by_name="dr. Jansen")
    assert whys(offered.case) == ["taken", "accepted_by_phone"]


def test_who_already_leads_begins_no_new_period(wilma, routed):
    offered = routed(wilma, category="youth_act")
    assert (offered.state, whys(offered.case)) == (State.ACCEPTED, ["taken"])


def test_after_a_refused_hand_back_it_can_go_to_another(wilma, karin, vincent, led_by_vt):
    """By the agreement it is the lead's own, so somebody has to choose."""
    decline(karin, hand_back(vincent, led_by_vt, QUESTION), "capacity")
    with pytest.raises(AlreadyResponsible):
        offer_again(vincent, led_by_vt)
    ingeest = Service.objects.get(region=led_by_vt.region, slug="ggz-ingeest")
    again = offer_again(vincent, led_by_vt, chosen_service=ingeest, chosen_reason="mixed_picture")
    assert (again.kind, again.hop, again.situation) == ("offer", 1, "Meisje van 15 hoort stemmen.")
    assert lead_of(led_by_vt) == "veilig-thuis-kennemerland"


WRITES = re.compile(
    r"(?:LeadPeriod\.objects|lead_periods)\.(?:create|bulk_create|get_or_create|update_or_create|all\(\)\.delete|update)\("
    r"|\bLeadPeriod\((?!models)"
)


def test_only_one_module_writes_who_leads():
    root = Path(__file__).resolve().parents[2]
    apps = ("accounts", "partners", "routing", "triage", "dossiers", "dashboards", "crisisdienst")
    sources = (path for app in apps for path in (root / app).rglob("*.py") if "migrations" not in path.parts)
    assert [str(each.relative_to(root)) for each in sources if WRITES.search(each.read_text())] == [
        "routing/services/lead.py"
    ]
