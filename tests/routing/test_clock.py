"""The clock at work: silence is never the end, and nothing that is due is passed by."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AccessLogEntry, OutboxMessage
from partners.models import Organisation, Service
from routing.core import NOT_KNOWABLE
from routing.models import Addition, Alarm, CapacityReport, Case, ClockTick, Handover
from routing.services import (
    accept,
    acknowledge_alarm,
    decline,
    end_suspension,
    hold_consultation,
    mark_done,
    record_phone_answer,
    suspend,
    sweep,
    told_commissioner,
)
from routing.services.clock import overdue

from .conftest import TUESDAY_MORNING

State, Kind = Handover.State, Alarm.Kind
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(kennemerland):
    """Stands still until a test moves it."""
    with time_machine.travel(TUESDAY_MORNING, tick=False) as clock:
        yield clock


def latest(case: Case) -> Handover:
    return case.handovers.select_related("service").order_by("pk").last()


def told(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=kind).count()


def email_of(slug: str) -> str:
    return Organisation.objects.get(slug=slug).email


def silence(clock, case: Case) -> Handover:
    """Until just after the open offer runs out, and a sweep; returns the offer that then stands."""
    clock.move_to(latest(case).due_at + timedelta(seconds=1))
    sweep()
    return latest(case)


# --- Who is next ---------------------------------------------------------------------------------------


def test_silence_offers_to_who_is_responsible_at_that_moment(clock, wilma, routed):
    """Kenter closes at 17:00: when its time is up, GGZ inGeest is on call."""
    clock.move_to(TUESDAY_MORNING.replace(hour=16, minute=58))
    first = routed(wilma)
    assert first.service.slug == "kenter"
    second = silence(clock, first.case)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.EXPIRED, State.OFFERED)
    assert (second.service.slug, second.hop, second.first) == ("ggz-ingeest", 2, first)
    assert second.due_at > timezone.now()
    assert first.answered_by is None
    assert AccessLogEntry.objects.get(event="handover.expired").rule == "clock"


def test_before_the_time_is_up_nothing_happens(clock, wilma, routed):
    first = routed(wilma)
    clock.move_to(first.due_at - timedelta(seconds=1))
    assert sweep()["expired"] == 0
    assert latest(first.case) == first


def test_the_chain_ends_at_the_duty_lead_under_an_alarm_until_somebody_has_seen_it(clock, vincent, wilma, routed):
    case = routed(vincent).case
    assert silence(clock, case).service.slug == "ggz-ingeest"
    assert silence(clock, case).service.slug == "icd-kennemerland-duty"
    alarm = Alarm.objects.get(kind=Kind.CHAIN_ENDED)
    accept(wilma, latest(case))
    before = told("alarm.raised")
    for _ten_minutes in range(2):
        clock.shift(10 * MINUTE)
        sweep()
    assert told("alarm.raised") == before + 2
    acknowledge_alarm(wilma, alarm)
    clock.shift(60 * MINUTE)
    sweep()
    assert told("alarm.raised") == before + 2


def test_a_silent_duty_lead_keeps_the_offer_under_an_alarm(clock, vincent, routed):
    offer = routed(vincent, category=NOT_KNOWABLE)
    assert offer.service.slug == "icd-kennemerland-duty"
    for _round in range(3):
        assert silence(clock, offer.case) == offer
    stands = latest(offer.case)
    assert (stands.state, stands.hop) == (State.OFFERED, 1)
    assert stands.due_at > timezone.now()
    assert [alarm.kind for alarm in Alarm.objects.all()] == [Kind.DUTY_LEAD_UNANSWERED]


def test_a_silent_duty_lead_is_a_new_alarm_after_the_first_was_seen(clock, vincent, wilma, routed):
    case = routed(vincent, category=NOT_KNOWABLE).case
    silence(clock, case)
    acknowledge_alarm(wilma, Alarm.objects.get())
    silence(clock, case)
    assert Alarm.objects.filter(kind=Kind.DUTY_LEAD_UNANSWERED).count() == 2


def test_silence_of_112_stays_there_under_an_alarm(clock, wilma, routed):
    offer = routed(wilma, danger=True)
    assert offer.due_at == offer.offered_at + 2 * MINUTE
    assert silence(clock, offer.case) == offer
    stands = latest(offer.case)
    assert (stands.state, stands.service.slug) == (State.OFFERED, "meldkamer-112")
    assert stands.due_at > timezone.now()
    assert Alarm.objects.get().kind == Kind.EMERGENCY_UNANSWERED


def test_halfway_the_desk_is_reminded_once(clock, wilma, routed):
    offer = routed(wilma)
    clock.move_to(offer.remind_at)
    assert (sweep()["reminded"], sweep()["reminded"]) == (1, 0)
    assert told("handover.reminder") == 1


def test_who_accepts_by_phone_has_no_clock(clock, wilma, routed):
    offer = routed(wilma, category="somatic", age=82)
    assert (offer.due_at, offer.remind_at) == (None, None)
    clock.shift(timedelta(days=1))
    sweep()
    assert latest(offer.case) == offer
    assert latest(offer.case).state == State.OFFERED


# --- Diversions ------------------------------------------------------------------------------------------

DIVERTED = [
    ({}, "kenter", "a desk"),
    ({"category": "somatic", "age": 82}, "huisarts", "by phone too, where no clock runs"),
]


@pytest.mark.parametrize(("facts", "slug", "why"), DIVERTED)
def test_a_diverted_service_loses_its_open_offers(clock, wilma, mirjam, routed, facts, slug, why):
    offer = routed(wilma, **facts)
    assert offer.service.slug == slug
    suspension = suspend(mirjam, offer.service, timezone.now() + timedelta(hours=2), "Brand in het pand.")
    clock.shift(MINUTE)
    sweep()
    offer.refresh_from_db()
    assert offer.state == State.EXPIRED, why
    assert latest(offer.case).service.slug != slug, why
    clock.shift(MINUTE)
    end_suspension(mirjam, suspension)
    again = routed(wilma, **facts)
    sweep()
    assert latest(again.case) == again
    assert latest(again.case).service.slug == slug, "back on: it keeps its offers again"


# --- Order, outage, two at once, and what breaks ----------------------------------------------------------


def test_the_greatest_danger_goes_first_and_then_the_oldest(clock, wilma, vincent, routed):
    calm, urgent, danger = routed(wilma), routed(wilma), routed(vincent, danger=True)
    Handover.objects.filter(pk=urgent.pk).update(danger_rank=1)
    clock.shift(MINUTE)
    later = routed(wilma)
    clock.shift(timedelta(hours=1))
    assert list(overdue(timezone.now())) == [danger, urgent, calm, later]
    sweep()
    asked = AccessLogEntry.objects.filter(event="handover.expired").order_by("pk")
    assert list(asked.values_list("record_id", flat=True)) == [str(each.pk) for each in (urgent, calm, later)]


def test_one_sweep_catches_up_after_hours_of_outage(clock, wilma, vincent, routed):
    cases = [routed(actor).case for actor in (wilma, vincent) for _call in range(3)]
    clock.shift(timedelta(hours=5))
    assert sweep()["expired"] == len(cases)
    for case in cases:
        offer = latest(case)
        assert (offer.state, offer.hop, offer.due_at > timezone.now()) == (State.OFFERED, 2, True)
    assert sweep()["expired"] == 0


def test_every_sweep_leaves_a_sign_of_life(clock):
    sweep()
    clock.shift(MINUTE)
    sweep()
    assert ClockTick.objects.get().swept_at == TUESDAY_MORNING + MINUTE


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_handle_each_row_once(clock, wilma, vincent, routed):
    cases = [routed(actor).case for actor in (wilma, vincent) for _call in range(4)]
    clock.shift(timedelta(hours=1))
    barrier, done = Barrier(2), []

    def run() -> None:
        try:
            barrier.wait()
            done.append(sweep())
        finally:
            connection.close()

    threads = [Thread(target=run) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each["expired"] for each in done) == len(cases)
    assert [case.handovers.count() for case in cases] == [2] * len(cases)
    assert OutboxMessage.objects.filter(kind="handover.expired").count() == 2 * len(cases)


def test_one_poisoned_row_stops_no_other_and_raises_an_alarm(clock, wilma, vincent, routed):
    """The agreement names a service that somebody renamed in the database: nobody can be asked there."""
    stuck, other = routed(wilma), routed(vincent, category="youth_act")
    Handover.objects.filter(pk=stuck.pk).update(danger_rank=0)
    Service.objects.filter(slug="ggz-ingeest").update(slug="hernoemd")
    clock.shift(timedelta(hours=1))
    assert (sweep()["expired"], sweep()["expired"]) == (1, 0)
    stuck.refresh_from_db()
    assert stuck.state == State.OFFERED
    assert latest(other.case).hop == 2
    assert Alarm.objects.filter(kind=Kind.EXCEPTION).count() == 1
    Service.objects.filter(slug="hernoemd").update(slug="ggz-ingeest")
    assert sweep()["expired"] == 1, "repaired, it goes on by itself"


# --- What else is due ------------------------------------------------------------------------------------


def test_an_obligatory_consultation_that_was_not_held_is_asked_for_once(clock, wilma, routed):
    case = routed(wilma, category="hgkm", provider="kenter", related=False).case
    addition = case.additions.get(obligatory=True)
    clock.move_to(addition.due_at)
    assert (sweep()["additions asked for"], sweep()["additions asked for"]) == (1, 0)
    assert OutboxMessage.objects.get(kind="addition.due").recipient == email_of("icd-kennemerland")


@pytest.mark.django_db(transaction=True)
def test_a_reminder_passes_over_what_somebody_is_recording(clock, wilma, routed):
    """It would wait for the row, and then write over what was recorded."""
    case = routed(wilma, category="hgkm", provider="kenter", related=False).case
    addition = case.additions.get(obligatory=True)
    clock.move_to(addition.due_at)
    done = []

    def run() -> None:
        try:
            done.append(sweep())
        finally:
            connection.close()

    worker = Thread(target=run)
    with transaction.atomic():
        mark_done(wilma, addition, "Karin gesproken")
        worker.start()
        worker.join(timeout=30)
    worker.join()
    addition.refresh_from_db()
    assert (addition.note, done[0]["additions asked for"]) == ("Karin gesproken", 0)


def test_what_was_consulted_is_not_asked_for(clock, wilma, routed):
    case = routed(wilma, category="hgkm").case
    asked = case.additions.get(kind=Addition.Kind.CONSULT)
    Addition.objects.filter(pk=asked.pk).update(obligatory=True, due_at=timezone.now() + MINUTE)
    hold_consultation(wilma, case, [asked.organisation], "advice")
    clock.shift(timedelta(hours=2))
    assert sweep()["additions asked for"] == 0


def test_feedback_is_asked_for_once_a_day_later(clock, wilma, karin, routed):
    accept(karin, routed(wilma))
    clock.shift(timedelta(hours=23, minutes=59))
    assert sweep()["feedback asked for"] == 0
    clock.shift(MINUTE)
    assert (sweep()["feedback asked for"], sweep()["feedback asked for"]) == (1, 0)
    assert OutboxMessage.objects.get(kind="handover.feedback_due").recipient == email_of("kenter")


# --- What a refusal does besides going on -----------------------------------------------------------------

# Each reason: a report to the commissioner, and whether the directory is doubted.
REFUSALS = [
    ("capacity", True, False, "who cannot deliver owes the commissioner that message"),
    ("not_target_group", False, False, "the agreement is discussed, the directory is right"),
    ("already_closed", False, True, "the directory says it is open"),
    ("wrong_number", False, True, "the directory has the wrong number"),
    ("not_responsible", False, False, ""),
    ("more_information", False, False, ""),
    ("other_help_active", False, False, ""),
    ("other", False, False, ""),
]


@pytest.mark.parametrize(("reason", "reported", "doubted", "why"), REFUSALS)
def test_what_a_refusal_does(clock, wilma, karin, routed, reason, reported, doubted, why):
    following = decline(karin, routed(wilma), reason, "zo is het")
    assert following.service.slug == "ggz-ingeest"
    assert CapacityReport.objects.exists() == reported, why
    assert Alarm.objects.filter(kind=Kind.DIRECTORY_WRONG).exists() == doubted, why
    assert Alarm.objects.count() == doubted, why


def test_every_reason_is_in_the_table():
    given = {reason for reason, *_rest in REFUSALS}
    assert given | {Handover.DeclineReason.NO_ANSWER} == set(Handover.DeclineReason.values)


def test_no_answer_on_the_phone_goes_on_and_doubts_nothing(clock, wilma, routed):
    offer = routed(wilma, category="somatic", age=82)
    following = record_phone_answer(wilma, offer, no_answer=True)
    assert following.service != offer.service
    assert not Alarm.objects.filter(kind=Kind.DIRECTORY_WRONG).exists()


def test_a_report_to_the_commissioner_counts_and_names_nobody(clock, wilma, karin, routed):
    decline(karin, routed(wilma), "capacity", "Karin is ziek")
    report = CapacityReport.objects.get()
    kenter = Organisation.objects.get(slug="kenter")
    assert (report.category, report.age_band, report.municipality) == ("ggz", "12-17 jaar", "Haarlem")
    assert (report.organisation, report.commissioner_email) == (kenter, kenter.commissioner_email)
    assert report.told_at == timezone.now()
    words = " ".join(str(value) for value in CapacityReport.objects.values().get().values())
    assert not any(name in words for name in ("Karin", "Meisje", "stemmen"))


def test_a_commissioner_without_an_address_is_told_by_hand(clock, wilma, karin, mirjam, routed):
    Organisation.objects.filter(slug="kenter").update(commissioner_email="")
    decline(karin, routed(wilma), "capacity")
    report = CapacityReport.objects.get()
    assert report.told_at is None
    assert Alarm.objects.get().kind == Kind.CAPACITY_UNREPORTED
    assert told_commissioner(mirjam, report).told_by == mirjam.user
    first = CapacityReport.objects.get().told_at
    clock.shift(MINUTE)
    assert told_commissioner(mirjam, report).told_at == first
