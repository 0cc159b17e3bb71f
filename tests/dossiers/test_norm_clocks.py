"""The clocks of the shipped norms: which event starts, meets, moves and drops which, and what stands still."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccessLogEntry
from dossiers import services
from dossiers.core import AMSTERDAM, NORMS, Act
from dossiers.models import Clock, Norm, NormEvent, Suspension, VtRecord, VtStep
from dossiers.services import drop_clocks, move_event, note_event
from routing.core import NOT_KNOWABLE
from routing.errors import InvalidEntry, StillOpen
from routing.services import accept
from tests.routing.conftest import TUESDAY_MORNING

from .vt_acts import filled

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M}"


@pytest.fixture
def case(routed, wilma, tuesday_morning):
    return routed(wilma).case


@pytest.fixture
def vt_case(routed, vincent, tuesday_morning):
    """Led by Veilig Thuis, with a report."""
    return routed(vincent, category="hgkm", age=8).case


EVENTS = [
    # event, at, norm, due, why
    ("measure_noticed", "2026-11-23T16:00", "guardian-linked", "2026-12-01T00:00", "t/m Monday: one weekend between"),
    ("measure_noticed", "2027-04-20T09:00", "guardian-linked", "2027-04-29T00:00", "King's Day is skipped"),
    ("measure_noticed", "2027-03-22T09:00", "guardian-linked", "2027-04-01T00:00", "Good Friday and Easter Monday"),
    (
        "measure_noticed",
        "2026-04-29T09:00",
        "guardian-linked",
        "2026-05-08T00:00",
        "5 May counts every year",
    ),
    (
        "measure_ruled",
        "2026-10-13T09:00",
        "supported-plan",
        "2026-11-25T00:00",
        "six weeks, across the end of summer time",
    ),
    ("measure_ruled", "2026-11-14T09:00", "supported-plan", "2026-12-29T00:00", "Saturday 26 December moves to Monday"),
    (
        "measure_ruled",
        "2026-11-30T09:00",
        "fitting-help",
        "2027-03-02T00:00",
        "no 30 February; the 28th is Sunday",
    ),
    ("vt_reported", "2026-11-24T10:15", "vt-safety-assessment", "2026-12-02T00:00", "five working days"),
    (
        "vt_reported",
        "2026-11-24T23:59",
        "vt-safety-assessment",
        "2026-12-02T00:00",
        "just before midnight is that day",
    ),
    ("vt_reported", "2026-11-24T10:15", "vt-investigation", "2027-02-03T00:00", "ten weeks, t/m Tuesday 2 February"),
    ("vt_reported", "2026-07-17T10:15", "vt-investigation", "2026-09-26T00:00", "Friday to Friday in one season"),
    ("crisis_accepted", "2026-11-24T10:15", "icd-process", "2026-11-25T10:15", "24 elapsed hours"),
    ("crisis_accepted", "2026-10-24T12:00", "icd-process", "2026-10-25T11:00", "the night of 25 hours"),
    ("crisis_accepted", "2026-03-28T12:00", "icd-process", "2026-03-29T13:00", "the night of 23 hours"),
    ("crisis_accepted", "2026-12-24T18:00", "icd-intervention", "2026-12-27T18:00", "no calendar stops it"),
    ("thv_imposed", "2026-11-25T22:00", "thv", "2026-12-06T00:00", "ten days, on a Saturday: it does not move"),
    ("thv_extended", "2026-11-25T22:00", "thv-extended", "2026-12-24T00:00", "28 days at the most"),
    (
        "crisis_order_imposed",
        "2026-12-23T22:00",
        "wvggz-crisis-order",
        "2026-12-27T00:00",
        "three days, also at Christmas",
    ),
    ("continuation_ruled", "2026-11-24T10:15", "wvggz-continuation", "2026-12-16T00:00", "three weeks"),
]


@pytest.mark.parametrize(("event", "began", "norm", "due", "why"), EVENTS, ids=[f"{r[2]} {r[1]}" for r in EVENTS])
def test_an_event_starts_its_norms(case, event, began, norm, due, why):
    note_event(None, case, event, at(began))
    clock = Clock.objects.get(case=case, norm__slug=norm)
    assert local(clock.due_at) == due, why
    assert clock.because.startswith(("t/m ", "tot "))
    assert set(Clock.objects.filter(case=case).values_list("norm__starts", flat=True)) == {event}


@pytest.mark.parametrize("norm", NORMS.values(), ids=list(NORMS))
def test_the_event_at_the_end_meets_it_and_no_other(case, norm):
    note_event(None, case, norm.starts, at("2026-11-24T10:15"))
    note_event(None, case, norm.ends, at("2026-11-25T09:00"))
    for clock in Clock.objects.filter(case=case):
        assert (clock.met_at is not None) == (clock.norm.ends == norm.ends)


REMINDERS = [
    # event, at, norm, reminded, why
    ("measure_noticed", "2026-11-23T16:00", "guardian-linked", "2026-11-27T08:00", "due on Monday: the Friday before"),
    ("crisis_accepted", "2026-10-24T12:00", "icd-process", "2026-10-25T07:00", "four elapsed hours before"),
    ("vt_reported", "2026-11-24T10:15", "vt-investigation", "2027-01-19T08:00", "two weeks before"),
    ("thv_imposed", "2026-11-25T22:00", "thv", "2026-12-03T08:00", "two days before"),
]


@pytest.mark.parametrize(("event", "began", "norm", "reminded", "why"), REMINDERS)
def test_a_reminder_comes_before_the_end(case, event, began, norm, reminded, why):
    note_event(None, case, event, at(began))
    assert local(Clock.objects.get(case=case, norm__slug=norm).remind_at) == reminded, why


# --- Corrections -----------------------------------------------------------------------------------


def test_what_ended_before_it_began_is_met_from_its_start(case):
    note_event(None, case, "guardian_linked", at("2026-11-20T09:00"), "measure-1")
    note_event(None, case, "measure_noticed", at("2026-11-23T09:00"), "measure-1")
    clock = Clock.objects.get(case=case)
    assert clock.met_at == clock.started_at == at("2026-11-23T09:00")


def test_a_moment_that_was_wrong_moves_the_end_and_is_told_anew(case):
    note_event(None, case, "measure_noticed", at("2026-11-16T09:00"))
    Clock.objects.update(overdue_told_at=TUESDAY_MORNING, reminded_at=TUESDAY_MORNING)
    move_event(None, case, "measure_noticed", at("2026-11-23T09:00"))
    clock = Clock.objects.get()
    assert (local(clock.due_at), clock.overdue_told_at, clock.reminded_at) == ("2026-12-01T00:00", None, None)
    assert "maandag 23 november" in clock.because
    assert set(AccessLogEntry.objects.values_list("event", flat=True)) >= {"norm_event.moved", "clock.moved"}


def test_moving_what_met_it_moves_when_it_was_met(case):
    note_event(None, case, "vt_reported", at("2026-11-24T09:00"))
    note_event(None, case, "safety_assessed", at("2026-11-27T09:00"))
    move_event(None, case, "safety_assessed", at("2026-11-25T09:00"))
    move_event(None, case, "vt_reported", at("2026-11-26T09:00"))
    assert Clock.objects.get(norm__slug="vt-safety-assessment").met_at == at("2026-11-26T09:00"), "not before its start"


def test_an_event_that_was_never_noted_does_not_move(case):
    with pytest.raises(InvalidEntry):
        move_event(None, case, "vt_reported", at("2026-11-24T09:00"))


@pytest.mark.parametrize("moment", ["2019-12-31T09:00", "2037-12-31T09:00"])
def test_beyond_the_calendar_is_said_at_the_field(case, moment):
    with pytest.raises(InvalidEntry, match="2020"):
        note_event(None, case, "vt_reported", at(moment))


def test_taking_an_event_back_drops_what_runs_and_reopens_what_it_met(case):
    note_event(None, case, "vt_reported", at("2026-11-24T09:00"))
    note_event(None, case, "safety_assessed", at("2026-11-25T09:00"))
    drop_clocks(None, case, "safety_assessed", "verkeerde casus")
    assert Clock.objects.get(norm__slug="vt-safety-assessment").met_at is None
    drop_clocks(None, case, "vt_reported", "verkeerde casus")
    assert not Clock.objects.filter(dropped_at=None).exists()
    note_event(None, case, "vt_reported", at("2026-11-26T09:00"))
    assert Clock.objects.filter(dropped_at=None).count() == 2
    assert NormEvent.objects.filter(event="vt_reported", withdrawn_at=None).count() == 1


def test_topics_do_not_meet_each_other(case):
    for topic in ("measure-1", "measure-2"):
        note_event(None, case, "measure_noticed", at("2026-11-23T09:00"), topic)
    note_event(None, case, "guardian_linked", at("2026-11-24T09:00"), "measure-2")
    assert Clock.objects.get(met_at=None).topic == "measure-1"


# --- What acceptance and closing do -------------------------------------------------------------------


def test_veilig_thuis_takes_a_report_and_its_terms_begin(vt_case):
    slugs = Clock.objects.filter(case=vt_case).order_by("norm__slug").values_list("norm__slug", flat=True)
    assert list(slugs) == ["vt-investigation", "vt-safety-assessment"]


def test_the_icd_takes_a_crisis_and_its_hours_begin(routed, vincent, wilma, tuesday_morning):
    taken = routed(vincent, category=NOT_KNOWABLE)
    accept(wilma, taken)
    clocks = {clock.norm.slug: clock for clock in Clock.objects.filter(case=taken.case)}
    taken.refresh_from_db()
    assert {slug: clock.due_at - taken.answered_at for slug, clock in clocks.items()} == {
        "icd-process": timedelta(hours=24),
        "icd-intervention": timedelta(hours=72),
    }


def test_advice_has_no_terms_and_a_report_again_has_them_from_then(vt_case, vincent):
    record = VtRecord.objects.get(case=vt_case)
    services.take_step(vincent, record, Act.IS_ADVICE, filled(Act.IS_ADVICE, record), record.version)
    assert not Clock.objects.filter(dropped_at=None).exists()
    assert set(Clock.objects.values_list("dropped_because", flat=True)) == {"Het is advies, geen melding."}
    record.refresh_from_db()
    services.take_step(vincent, record, Act.BECOMES_REPORT, filled(Act.BECOMES_REPORT, record), record.version)
    again = VtStep.objects.get(record=record, act="becomes_report")
    assert {clock.started_at for clock in Clock.objects.filter(dropped_at=None)} == {again.taken_at}


def test_terms_that_run_stand_in_the_way_of_closing_until_somebody_lets_them_lapse(vt_case, vincent):
    with pytest.raises(StillOpen, match="Veiligheidsbeoordeling"):
        services.close_case(vincent, vt_case, "Rustig.")
    services.close_case(vincent, vt_case, "Rustig.", drop_terms=True)
    assert set(Clock.objects.values_list("dropped_because", flat=True)) == {"Rustig."}


def test_closing_meets_the_norms_of_the_crisis(vt_case, vincent):
    note_event(vincent, vt_case, "crisis_accepted", at("2026-11-24T09:00"))
    drop_clocks(vincent, vt_case, "vt_reported", "advies")
    closed = services.close_case(vincent, vt_case, "Rustig.")
    assert {clock.met_at for clock in Clock.objects.filter(norm__starts="crisis_accepted")} == {closed.closed_at}


# --- Standing still ---------------------------------------------------------------------------------


@pytest.fixture
def clock(vt_case):
    """Five working days from Tuesday 24 November: t/m Tuesday 1 December."""
    return Clock.objects.get(case=vt_case, norm__slug="vt-safety-assessment")


STANDING = [
    # starts, ends, due, why
    ("2026-11-24", "2026-11-26", "2026-12-03T00:00", "the 24th is the day of the event; the 25th does not count"),
    ("2026-11-25", "2026-11-26", "2026-12-03T00:00", "one working day"),
    ("2026-11-25", None, "2026-12-02T00:00", "without an end it is not known yet: the old one stands"),
    ("2026-11-28", "2026-11-30", "2026-12-02T00:00", "a weekend does not count anyway"),
    ("2026-11-25", "2026-12-10", "2026-12-17T00:00", "longer than the term itself"),
]


@pytest.mark.parametrize(("starts", "ends", "due", "why"), STANDING)
def test_standing_still_moves_the_end(clock, vincent, starts, ends, due, why):
    with time_machine.travel(at("2026-11-30T12:00"), tick=False):
        services.suspend(vincent, clock, at(starts), at(ends) if ends else None, "wacht op informatie")
    clock.refresh_from_db()
    assert local(clock.due_at) == due, why
    assert clock.stands_still_since == (at(starts) if ends is None else None)
    assert ("opgeschort" in clock.because or "opschorting" in clock.because) == (ends is not None)
    assert ("Staat stil sinds" in clock.because) == (ends is None)


def test_it_runs_on_and_a_mistake_is_taken_out(clock, vincent):
    with time_machine.travel(at("2026-12-04T12:00"), tick=False):
        standing = services.suspend(vincent, clock, at("2026-11-27"), None, "wacht")
        services.resume(vincent, standing, at("2026-12-03"), "ontvangen")
        clock.refresh_from_db()
        assert (local(clock.due_at), clock.stands_still_since) == ("2026-12-08T00:00", None)
        services.remove_suspension(vincent, standing, "verkeerde casus")
    clock.refresh_from_db()
    assert local(clock.due_at) == "2026-12-02T00:00"
    assert Suspension.objects.get().removed_because == "verkeerde casus"


@pytest.mark.parametrize(
    ("starts", "ends", "reason", "field", "why"),
    [
        ("2026-12-01", None, "x", "starts_at", "in the future"),
        ("2026-11-25", "2026-11-25", "x", "ends_at", "ends when it begins"),
        ("2026-11-25", "2026-11-24", "x", "ends_at", "ends before it begins"),
        ("2026-11-25", None, "  ", "reason", "no reason"),
        ("2026-11-25", None, "x" * 201, "reason", "too long"),
        ("2026-11-25", "2027-12-10", "x", "ends_at", "over a year away"),
    ],
)
def test_a_suspension_that_cannot_be(clock, vincent, starts, ends, reason, field, why):
    with time_machine.travel(at("2026-11-30T12:00"), tick=False), pytest.raises(InvalidEntry) as refused:
        services.suspend(vincent, clock, at(starts), at(ends) if ends else None, reason)
    assert list(refused.value.errors) == [field], why


def test_two_suspensions_do_not_overlap(clock, vincent):
    with time_machine.travel(at("2026-11-30T12:00"), tick=False):
        services.suspend(vincent, clock, at("2026-11-25"), at("2026-11-27"), "een")
        for starts, ends in (("2026-11-26", None), ("2026-11-24", None), ("2026-11-26", "2026-11-28")):
            with pytest.raises(InvalidEntry, match="stond de termijn al stil"):
                services.suspend(vincent, clock, at(starts), at(ends) if ends else None, "twee")
        services.suspend(vincent, clock, at("2026-11-27"), at("2026-11-28"), "aansluitend mag")


def test_only_who_leads_or_keeps_the_record_may(clock, karin, wilma, mirjam, vincent):
    for actor in (karin, mirjam, wilma):
        with pytest.raises(PermissionDenied):
            services.suspend(actor, clock, TUESDAY_MORNING, None, "wacht")
    services.suspend(vincent, clock, TUESDAY_MORNING, None, "wacht")


def test_the_end_of_a_measure_does_not_stand_still(vt_case, vincent):
    note_event(vincent, vt_case, "thv_imposed", TUESDAY_MORNING)
    measure = Clock.objects.get(norm__slug="thv")
    with pytest.raises(services.ClockStopped):
        services.suspend(vincent, measure, TUESDAY_MORNING, None, "wacht")


# --- In any order -------------------------------------------------------------------------------------

CODES = sorted({code for norm in NORMS.values() for code in (norm.starts, norm.ends)})
BEGIN = datetime(2026, 11, 24, tzinfo=UTC)
MOMENTS = st.integers(0, 60).map(lambda days: BEGIN - timedelta(days=days))
STEPS = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(CODES), MOMENTS, st.sampled_from(["", "measure-1"])),
    st.tuples(st.just("move"), st.sampled_from(CODES), MOMENTS, st.sampled_from(["", "measure-1"])),
    st.tuples(st.just("drop"), st.sampled_from(CODES), MOMENTS, st.sampled_from(["", "measure-1"])),
    st.tuples(st.just("suspend"), st.integers(0, 30), MOMENTS, st.integers(-3, 20)),
    st.tuples(st.just("resume"), st.integers(0, 30), MOMENTS, st.just("")),
    st.tuples(st.just("remove"), st.integers(0, 30), MOMENTS, st.just("")),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEPS, max_size=25))
def test_whatever_happens_in_whatever_order(vt_case, vincent, steps):
    with transaction.atomic(), time_machine.travel(BEGIN, tick=False):
        for step in steps:
            _take(vincent, vt_case, step)
            _assert_sound(vt_case)
        transaction.set_rollback(True)


def _take(actor, case, step) -> None:
    act, what, moment, more = step
    try:
        with transaction.atomic():
            if act in ("note", "move"):
                {"note": note_event, "move": move_event}[act](actor, case, what, moment, more)
            elif act == "drop":
                drop_clocks(actor, case, what, "klopte niet", more)
            elif act == "suspend" and (clocks := list(Clock.objects.filter(case=case))):
                ends = moment + timedelta(days=more) if more else None
                services.suspend(actor, clocks[what % len(clocks)], moment, ends, "wacht")
            elif kept := list(Suspension.objects.filter(clock__case=case)):
                standing = kept[what % len(kept)]
                if act == "resume":
                    services.resume(actor, standing, moment, "ontvangen")
                else:
                    services.remove_suspension(actor, standing, "vergissing")
    except (InvalidEntry, services.ClockStopped):
        pass


def _assert_sound(case) -> None:
    events = {(each.event, each.topic): each.at for each in NormEvent.objects.filter(case=case, withdrawn_at=None)}
    for clock in Clock.objects.filter(case=case, dropped_at=None).select_related("norm"):
        assert clock.due_at > clock.started_at
        if clock.met_at is None:
            assert clock.started_at == events[clock.norm.starts, clock.topic]
            assert (clock.norm.ends, clock.topic) not in events
        else:
            assert clock.met_at >= clock.started_at
        open_ended = clock.suspensions.filter(removed_at=None, ends_at=None)
        assert open_ended.exists() == (clock.stands_still_since is not None)
    assert all(clock.history.count() for clock in Clock.objects.filter(case=case))


def test_a_region_without_norms_has_no_clocks(case):
    for norm in Norm.objects.all():
        norm.in_force = False
        norm.save()
    note_event(None, case, "vt_reported", TUESDAY_MORNING)
    assert not Clock.objects.exists()
