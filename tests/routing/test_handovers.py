"""Offering, accepting and refusing: who leads, who is next, what is told to whom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import AccessLogEntry, OutboxMessage
from partners.actors import actor_of
from partners.models import Organisation, Service
from routing.core import NOT_ASKED, NOT_KNOWABLE, Facts
from routing.errors import (
    AlreadyAnswered,
    DutyLeadCannotDecline,
    InvalidEntry,
    NothingToOffer,
    NotRouted,
    ReasonRequired,
    StillUndetermined,
)
from routing.models import Addition, Alarm, Case, Decision
from routing.selectors import answer, case_for, handover_for, inbox, sent_by_us
from routing.services import (
    accept,
    acknowledge_alarm,
    decline,
    mark_done,
    offer_again,
    open_routed_case,
    record_decision,
    record_phone_answer,
    withdraw,
)
from routing.services.opening import note_additions

from .conftest import GIRL_OF_15, TUESDAY_MORNING

pytestmark = pytest.mark.usefixtures("tuesday_morning")


def lead_of(case: Case) -> str:
    return case.lead_periods.get(ended_at__isnull=True).organisation.slug


# --- Opening ---------------------------------------------------------------------------------------


def test_the_sender_leads_until_somebody_accepts(wilma, karin, routed):
    handover = routed(wilma)
    assert (handover.service.slug, handover.state, lead_of(handover.case)) == ("kenter", "offered", "icd-kennemerland")
    accept(karin, handover)
    assert lead_of(handover.case) == "kenter"
    first, second = handover.case.lead_periods.all()
    assert (first.ended_at, second.handover) == (second.started_at, handover)


def test_what_falls_to_ourselves_is_accepted_at_once(wilma, routed):
    handover = routed(wilma, category="youth_act")
    assert (handover.state, lead_of(handover.case)) == ("accepted", "icd-kennemerland")
    assert not OutboxMessage.objects.filter(kind="handover.offered").exists()


def test_the_decision_is_kept_with_facts_rules_and_directory(wilma, routed):
    decision = routed(wilma).decision
    assert decision.facts["age"] == 15
    assert decision.rule == "agreement/ggz-jeugd"
    assert decision.outcome["service"] == "kenter"
    assert decision.rule_set.version == "kennemerland-2020"
    assert decision.directory_revision.region == decision.region


def test_also_becomes_consultations(wilma, routed):
    case = routed(wilma, category="hgkm", provider="kenter", related=False).case
    assert {(each.organisation.slug, each.kind, each.obligatory) for each in case.additions.all()} == {
        ("ggz-ingeest", "consult", False),
        ("kenter", "inform", True),
    }


def test_a_person_may_choose_otherwise_with_a_reason(wilma, kennemerland):
    found = _answer()
    ingeest = Service.objects.get(slug="ggz-ingeest")
    handover = open_routed_case(
        wilma, found, urgency="", chosen_service=ingeest, chosen_reason="illness_drives", chosen_note="x"
    )
    assert handover.service == ingeest
    assert (handover.decision.rule, handover.decision.chosen_reason) == ("agreement/ggz-jeugd", "illness_drives")


def chosen(actor, slug, **facts):
    found = answer("kennemerland", Facts(**(GIRL_OF_15 | facts)), TUESDAY_MORNING)
    service = Service.objects.get(region__slug="kennemerland", slug=slug)
    return open_routed_case(actor, found, urgency="", chosen_service=service, chosen_reason="mixed_picture")


def additions_of(handover) -> set[tuple[str, str]]:
    return set(handover.case.additions.values_list("kind", "organisation__slug"))


CHOSEN = [
    ({"provider": "kenter", "related": True}, "ggz-ingeest", {("inform", "kenter")}, "the own provider hears of it"),
    ({"category": "hgkm"}, "ggz-ingeest", set(), "nobody consults itself"),
    ({"category": "hgkm"}, "kenter", {("consult", "ggz-ingeest")}, "as when Veilig Thuis would lead"),
]


@pytest.mark.parametrize(("facts", "slug", "also", "why"), CHOSEN)
def test_what_is_done_in_addition_follows_who_was_chosen(wilma, kennemerland, facts, slug, also, why):
    assert additions_of(chosen(wilma, slug, **facts)) == also, why


def test_an_optional_consultation_can_become_a_duty(wilma, kennemerland):
    handover = chosen(wilma, "kenter", category="hgkm")
    in_danger = answer("kennemerland", Facts(**(GIRL_OF_15 | {"category": "hgkm", "danger": True})), TUESDAY_MORNING)
    note_additions(handover.case, in_danger, handover.service)
    consultation = handover.case.additions.get(organisation__slug="ggz-ingeest")
    assert (consultation.obligatory, consultation.history.count()) == (True, 2)


def test_choosing_otherwise_without_reason_writes_nothing(wilma, kennemerland):
    ingeest = Service.objects.get(slug="ggz-ingeest")
    with pytest.raises(ReasonRequired):
        open_routed_case(wilma, _answer(), urgency="", chosen_service=ingeest)
    assert not Case.objects.exists()


def test_nobody_chooses_past_112(wilma, kennemerland):
    kenter = Service.objects.get(slug="kenter")
    with pytest.raises(ReasonRequired):
        open_routed_case(wilma, _answer(danger=True), urgency="", chosen_service=kenter, chosen_reason="other")


def test_dissatisfaction_is_recorded_and_opens_no_case(wilma, kennemerland):
    found = _answer(dissatisfied=True)
    with pytest.raises(NotRouted):
        open_routed_case(wilma, found, urgency="")
    decision = record_decision(wilma, found)
    assert (decision.case, decision.service, decision.rule) == (None, None, "recorded/ontevreden-over-hulp")


def test_a_question_still_open_opens_no_case(wilma, kennemerland):
    with pytest.raises(StillUndetermined):
        open_routed_case(wilma, _answer(category=NOT_ASKED), urgency="")


def test_what_cannot_be_known_is_held_by_the_duty_lead(vincent, kennemerland):
    """Vincent may also pick one of the possible, with a reason."""
    found = _answer(category=NOT_KNOWABLE)
    assert open_routed_case(vincent, found, urgency="").service.slug == "icd-kennemerland-duty"
    kenter = Service.objects.get(slug="kenter")
    chosen = open_routed_case(vincent, found, urgency="", chosen_service=kenter, chosen_reason="best_guess")
    assert (chosen.service.slug, chosen.state) == ("kenter", "offered")


def test_the_first_line_cannot_open_a_case(kennemerland, demo_users):
    with pytest.raises(PermissionDenied):
        open_routed_case(actor_of(demo_users["police"]), _answer(), urgency="")


# --- Refusing ---------------------------------------------------------------------------------------


def test_declining_visits_the_next_bests_and_ends_at_the_duty_lead(vincent, karin, ingrid, wilma, routed):
    """Vincent of VT sends; Kenter and GGZ inGeest refuse; the duty lead of the ICD cannot."""
    first = routed(vincent)
    second = decline(karin, first, "capacity")
    third = decline(ingrid, second, "not_responsible")
    assert [each.service.slug for each in (first, second, third)] == ["kenter", "ggz-ingeest", "icd-kennemerland-duty"]
    assert third.decision.refused == ["ggz-ingeest", "kenter"]
    assert lead_of(first.case) == "veilig-thuis-kennemerland"
    with pytest.raises(DutyLeadCannotDecline):
        decline(wilma, third, "capacity")
    accept(wilma, third)
    assert lead_of(first.case) == "icd-kennemerland"


def test_the_senders_own_duty_lead_takes_it_at_once(wilma, karin, ingrid, routed):
    last = decline(ingrid, decline(karin, routed(wilma), "capacity"), "capacity")
    assert (last.service.slug, last.state) == ("icd-kennemerland-duty", "accepted")
    assert last.case.handovers.filter(state="declined").count() == 2


def test_lack_of_capacity_is_told_to_the_commissioner(wilma, karin, routed):
    handover = routed(wilma)
    Organisation.objects.filter(slug="kenter").update(commissioner_email="gemeente@haarlem.example")
    decline(karin, handover, "capacity")
    message = OutboxMessage.objects.get(kind="capacity.short")
    assert message.recipient == "gemeente@haarlem.example"


@pytest.mark.parametrize(
    ("reason", "note", "why"),
    [
        ("", "", "no reason at all"),
        ("no_idea", "", "not a reason of the list"),
        ("other", "  ", "other says nothing without a note"),
    ],
)
def test_a_refusal_needs_a_reason(wilma, karin, routed, reason, note, why):
    handover = routed(wilma)
    with pytest.raises(ReasonRequired):
        decline(karin, handover, reason, note)
    handover.refresh_from_db()
    assert handover.state == "offered", why


def test_only_the_asked_organisation_answers(wilma, ingrid, routed):
    handover = routed(wilma)
    with pytest.raises(PermissionDenied):
        accept(ingrid, handover)
    with pytest.raises(PermissionDenied):
        decline(ingrid, handover, "capacity")


def test_a_second_answer_is_refused_clearly(wilma, karin, routed):
    handover = routed(wilma)
    accept(karin, handover)
    with pytest.raises(AlreadyAnswered):
        accept(karin, handover)
    with pytest.raises(AlreadyAnswered):
        decline(karin, handover, "capacity")
    assert handover.case.lead_periods.count() == 2


def test_a_question_that_no_longer_fits_goes_to_the_duty_lead(wilma, vincent, routed):
    """Offered on the last day at 22; refused after the birthday, when the Jeugdwet no longer applies."""
    handover = routed(vincent, category="youth_act", age=NOT_ASKED, born=date(2003, 11, 25))
    assert handover.service.slug == "icd-kennemerland"
    with time_machine.travel(TUESDAY_MORNING + timedelta(days=1)):
        following = decline(wilma, handover, "not_responsible")
    assert following.service.slug == "icd-kennemerland-duty"
    assert [each.kind for each in Alarm.objects.order_by("pk")] == [Alarm.Kind.EXCEPTION, Alarm.Kind.CHAIN_ENDED]


# --- By phone, and 112 ---------------------------------------------------------------------------------


def test_the_sender_records_who_took_it_on_the_phone(wilma, routed):
    handover = routed(wilma, category="somatic", age=82)
    assert handover.service.slug == "huisarts"
    taken = record_phone_answer(wilma, handover, accepted_by_name="dr. Jansen")
    assert (taken.state, taken.accepted_by_name, lead_of(taken.case)) == ("accepted", "dr. Jansen", "huisarts")


def test_a_phone_answer_needs_a_name(wilma, routed):
    with pytest.raises(ReasonRequired):
        record_phone_answer(wilma, routed(wilma, category="somatic"), accepted_by_name=" ")


def test_a_desk_answers_for_itself(wilma, routed):
    with pytest.raises(PermissionDenied):
        record_phone_answer(wilma, routed(wilma), accepted_by_name="Karin")


def test_a_commissioner_nobody_can_reach_is_an_alarm(wilma, karin, routed):
    Organisation.objects.filter(slug="kenter").update(commissioner_email="")
    offered = routed(wilma)
    decline(karin, offered, "capacity")
    assert not OutboxMessage.objects.filter(kind="capacity.short").exists()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.case) == (Alarm.Kind.CAPACITY_UNREPORTED, offered.case)
    assert "de gemeenten in Kennemerland" in alarm.message


def test_a_refusal_heard_on_the_phone_goes_on_and_is_told_to_the_commissioner(wilma, routed):
    offered = routed(wilma, category="somatic")
    following = record_phone_answer(wilma, offered, reason="capacity")
    offered.refresh_from_db()
    assert (offered.state, offered.decline_reason) == ("declined", "capacity")
    assert following.service.slug != offered.service.slug


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("zomaar", ""), ("other", " ")])
def test_a_refusal_heard_on_the_phone_has_a_coded_reason(wilma, routed, reason, note):
    offered = routed(wilma, category="somatic")
    with pytest.raises(ReasonRequired):
        record_phone_answer(wilma, offered, reason=reason, note=note)


def test_who_answers_does_not_say_that_nobody_answers(wilma, karin, routed):
    with pytest.raises(ReasonRequired):
        decline(karin, routed(wilma), "no_answer")


def test_112_unanswered_never_descends(wilma, routed):
    handover = routed(wilma, danger=True)
    again = record_phone_answer(wilma, handover, no_answer=True)
    handover.refresh_from_db()
    assert (handover.state, handover.decline_reason) == ("declined", "no_answer")
    assert (again.service.slug, again.state) == ("meldkamer-112", "offered")
    assert Alarm.objects.get().kind == Alarm.Kind.EMERGENCY_UNANSWERED
    assert lead_of(handover.case) == "icd-kennemerland"


def test_withdrawing_leaves_the_lead_with_the_sender(wilma, karin, routed):
    handover = withdraw(wilma, routed(wilma), "Moeder heeft zelf Kenter gebeld.")
    assert (handover.state, lead_of(handover.case)) == ("withdrawn", "icd-kennemerland")
    with pytest.raises(AlreadyAnswered):
        accept(karin, handover)


def test_what_was_withdrawn_can_be_offered_again(wilma, karin, routed):
    withdrawn = routed(wilma)
    withdraw(wilma, withdrawn, "Verkeerd begrepen.")
    again = offer_again(wilma, withdrawn.case)
    assert (again.service.slug, again.situation, again.urgency) == ("kenter", withdrawn.situation, "U2")
    accept(karin, again)
    assert lead_of(withdrawn.case) == "kenter"


def test_or_to_whom_a_person_chooses_with_a_reason(wilma, routed):
    withdrawn = routed(wilma)
    withdraw(wilma, withdrawn, "Er blijkt geweld.")
    vt = Service.objects.get(region__slug="kennemerland", slug="veilig-thuis-kennemerland")
    with pytest.raises(ReasonRequired):
        offer_again(wilma, withdrawn.case, chosen_service=vt)
    again = offer_again(wilma, withdrawn.case, chosen_service=vt, chosen_reason="mixed_picture")
    assert (again.service, again.decision.chosen_reason) == (vt, "mixed_picture")


def test_only_who_leads_offers_again_and_only_once(wilma, vincent, routed):
    withdrawn = routed(wilma)
    with pytest.raises(NothingToOffer):
        offer_again(wilma, withdrawn.case)
    withdraw(wilma, withdrawn, "Verkeerd begrepen.")
    with pytest.raises(NothingToOffer):
        offer_again(vincent, withdrawn.case)
    offer_again(wilma, withdrawn.case)
    with pytest.raises(NothingToOffer):
        offer_again(wilma, withdrawn.case)


def test_only_the_sender_withdraws(wilma, vincent, routed):
    with pytest.raises(PermissionDenied):
        withdraw(vincent, routed(wilma), "zomaar")


# --- What is told and kept -------------------------------------------------------------------------------


def test_messages_never_name_a_person(wilma, karin, ingrid, routed):
    accept(ingrid, decline(karin, routed(wilma), "other", "Karin is ziek"))
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert kinds >= {"handover.offered", "handover.declined", "handover.accepted"}
    for message in OutboxMessage.objects.all():
        assert not any(name in message.subject + message.body for name in ("Meisje", "stemmen", "Karin", "Wilma"))


def test_every_step_is_in_the_access_log(wilma, karin, ingrid, routed):
    case = accept(ingrid, decline(karin, routed(wilma), "capacity")).case
    events = list(AccessLogEntry.objects.filter(subject=str(case.pk)).order_by("id").values_list("event", flat=True))
    assert [event for event in events if event.startswith("handover")] == [
        "handover.offered",
        "handover.declined",
        "handover.offered",
        "handover.accepted",
    ]
    assert events[:2] == ["case.opened", "decision.recorded"]


def test_who_declined_did_not_accept_for_the_sender(wilma, karin, ingrid, routed):
    own = decline(ingrid, decline(karin, routed(wilma), "capacity"), "capacity")
    accepted = AccessLogEntry.objects.get(event="handover.accepted", record_id=str(own.pk))
    assert (accepted.user, accepted.on_behalf_of, accepted.rule) == (None, "", "sender_is_responsible")


def test_every_row_says_under_which_rule(wilma, karin, ingrid, routed):
    accept(ingrid, decline(karin, routed(wilma), "capacity"))
    assert not AccessLogEntry.objects.filter(rule="").exists()


def test_every_change_is_in_the_history(wilma, karin, routed):
    handover = accept(karin, routed(wilma))
    assert [each.state for each in handover.history.order_by("history_id")] == ["offered", "accepted"]


def test_an_addition_is_done_once(wilma, karin, routed):
    case = routed(wilma, category="hgkm", provider="kenter", related=False).case
    told = case.additions.get(kind="inform")
    done = mark_done(wilma, told, "Karin gesproken")
    assert (done.done_by, lead_of(case)) == (wilma.user, "icd-kennemerland")
    assert mark_done(wilma, told, "nog eens").note == "Karin gesproken"
    with pytest.raises(PermissionDenied):
        mark_done(karin, told)


def test_a_consultation_is_no_tick_in_a_box(wilma, routed):
    """With whom somebody spoke, and what came of it, is what the agreement asks for."""
    case = routed(wilma, category="hgkm").case
    with pytest.raises(InvalidEntry):
        mark_done(wilma, Addition.objects.get(case=case), "Ingrid gesproken")


def test_an_alarm_is_acknowledged_once(wilma, mirjam, karin, routed):
    record_phone_answer(wilma, routed(wilma, danger=True), no_answer=True)
    alarm = Alarm.objects.get()
    with pytest.raises(PermissionDenied):
        acknowledge_alarm(karin, alarm)
    assert acknowledge_alarm(wilma, alarm).acknowledged_by == wilma.user
    assert acknowledge_alarm(mirjam, alarm).acknowledged_by == wilma.user


# --- Who sees what -----------------------------------------------------------------------------------------


def test_inbox_and_sent(wilma, karin, ingrid, routed):
    handover = routed(wilma)
    assert (inbox(karin), inbox(ingrid)) == ([handover], [])
    assert sent_by_us(wilma) == [handover]


def test_the_inbox_is_oldest_first(wilma, karin, routed):
    first, second = routed(wilma), routed(wilma)
    assert inbox(karin) == [first, second]
    assert inbox(karin)[0].waiting_minutes == 0


def test_who_refused_keeps_the_offer_and_not_the_case(wilma, karin, ingrid, vincent, routed):
    handover = routed(wilma)
    case = handover.case_id
    assert case_for(karin, case)
    decline(karin, handover, "capacity")
    assert case_for(karin, case) is None
    assert handover_for(karin, handover.pk)
    assert case_for(ingrid, case)
    assert case_for(vincent, case) is None
    assert handover_for(vincent, handover.pk) is None


def test_who_led_keeps_seeing_the_case(wilma, karin, routed):
    assert case_for(wilma, accept(karin, routed(wilma)).case_id)


def test_decisions_survive_everything(wilma, karin, routed):
    decline(karin, routed(wilma), "capacity")
    assert Decision.objects.count() == 2


def _answer(**facts):
    return answer("kennemerland", Facts(**(GIRL_OF_15 | facts)), TUESDAY_MORNING)
