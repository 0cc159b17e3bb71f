"""Steps in a Veilig Thuis dossier: what each writes, for whom, on what conditions, and that nothing is half done."""

import threading
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccessLogEntry
from dossiers.core import ADVICE, AMSTERDAM, START, Act, State, row_for, rows_from
from dossiers.errors import DossierChanged, StepNotPossible
from dossiers.models import Clock, Norm, SafetyAssessment, VtRecord, VtStep
from dossiers.services import note_event, take_step
from partners.actors import actor_of
from partners.models import Organisation
from routing.errors import InvalidEntry
from routing.services import accept, break_glass, close_case

from .vt_acts import LATER, TODAY, filled

pytestmark = pytest.mark.usefixtures("tuesday_morning")

INVESTIGATED = [Act.ASSESS, Act.TRIAGE, Act.OPEN_INVESTIGATION, Act.DECIDE_INVESTIGATION]


@pytest.fixture
def record(wilma, vincent, routed) -> VtRecord:
    return VtRecord.objects.get(case=accept(vincent, routed(wilma, category="hgkm", age=8)).case)


@pytest.fixture
def do(vincent, record):
    """Vincent does an act, or several, each rightly filled in but for what is given."""

    def act(*acts: Act, **other) -> VtRecord:
        for each in acts:
            record.refresh_from_db()
            take_step(vincent, record, each, filled(each, record, **other), record.version)
        record.refresh_from_db()
        return record

    return act


@pytest.fixture
def terms(record):
    """The terms of Veilig Thuis, where the region does not have them yet; and those that run now."""
    for slug, duration, ends in (
        ("vt-safety-assessment", "5 working days", "safety_assessed"),
        ("vt-investigation", "10 weeks", "investigation_decided"),
    ):
        known = {"duration": duration, "starts": "vt_reported", "ends": ends, "source": "law"}
        Norm.objects.get_or_create(region=record.case.region, slug=slug, in_force=True, defaults=known)

    def running(slug: str):
        return Clock.objects.filter(case=record.case, norm__slug=slug, dropped_at=None).order_by("pk")

    return running


def test_a_report_from_assessment_to_closing(do, record):
    do(*INVESTIGATED, Act.SETTLE_NEXT_STEP, Act.SET_CONDITION, Act.PLAN_FOLLOW_UP, Act.HOLD_FOLLOW_UP)
    do(Act.JUDGE_CONDITION, Act.TRANSFER, Act.MONITOR, Act.HOLD_FOLLOW_UP, Act.CLOSE)
    assert record.state == "closed"
    steps = list(record.steps.all())
    assert [step.act for step in steps][:2] == ["assess", "triage"]
    assert all(first.after == second.before for first, second in pairwise(steps))
    assert record.next_steps.get().status == "accepted"
    assert record.investigations.get().conclusion == "confirmed"
    assert record.conditions.get().status == "met"
    assert {each.status for each in record.follow_ups.all()} == {"held"}
    assert record.transfers.get().organisation.slug == "ggd-kennemerland"
    assert AccessLogEntry.objects.filter(event="vt.step_taken").count() == len(steps)
    assert record.history.count() == len(steps) + 1


def test_each_step_of_triage_has_its_party(do, record):
    do(Act.ASSESS, Act.TRIAGE, Act.ADD_NEXT_STEP)
    assert [step.carrier for step in record.next_steps.all()][1] == "oma"


def test_acute_danger_goes_to_the_board_at_once(do, record, terms):
    do(Act.IS_ADVICE, Act.BECOMES_REPORT)
    do(Act.ASSESS, outcome="acute")
    do(Act.TO_BOARD)
    assert record.state == "at_child_protection_board"
    assert terms("vt-investigation").get().met_at


def test_the_board_ends_an_investigation_under_way_and_may_give_back(do, record):
    do(Act.ASSESS, outcome="acute")
    do(Act.TRIAGE, Act.OPEN_INVESTIGATION, Act.TO_BOARD)
    assert record.investigations.get().conclusion == "left_to_board"
    do(Act.BOARD_GIVES_BACK, Act.OPEN_INVESTIGATION)
    assert record.investigations.count() == 2


def test_an_advice_stays_the_askers_and_can_become_a_report(do, record, terms):
    do(Act.IS_ADVICE)
    assert (record.kind, record.state) == ("advice", "advice_asked")
    do(Act.ADVISE, Act.CLOSE)
    assert (record.kind, record.state) == ("advice", "advice_closed")
    assert not terms("vt-safety-assessment").exists()
    do(Act.BECOMES_REPORT)
    assert (record.kind, record.state) == ("report", "reported")
    assert terms("vt-safety-assessment").get().due_at == datetime(2026, 12, 2, tzinfo=AMSTERDAM)
    do(Act.ASSESS)
    assert terms("vt-safety-assessment").get().met_at


def test_an_assessment_of_another_day_counts_on_that_day(do, record, terms):
    VtRecord.objects.filter(pk=record.pk).update(opened_at=datetime(2026, 11, 20, 9, tzinfo=AMSTERDAM))
    do(Act.IS_ADVICE, Act.BECOMES_REPORT)
    terms("vt-safety-assessment").update(started_at=datetime(2026, 11, 20, 9, tzinfo=AMSTERDAM))
    do(Act.ASSESS, assessed_on=date(2026, 11, 23))
    assert terms("vt-safety-assessment").get().met_at == datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM)


def test_opened_again_the_terms_run_anew(do, record, terms):
    do(Act.IS_ADVICE, Act.BECOMES_REPORT, Act.ASSESS, Act.TRIAGE, Act.SETTLE_NEXT_STEP, Act.DECIDE_WITHOUT, Act.CLOSE)
    do(Act.REOPEN)
    assert record.state == "reported"
    again = terms("vt-safety-assessment").get(met_at=None)
    assert again.topic == f"vt-{record.steps.last().pk}"
    do(Act.ASSESS)
    again.refresh_from_db()
    assert again.met_at


def test_the_work_goes_on_after_the_crisis_is_closed(do, record, vincent):
    record.case.additions.all().delete()
    close_case(vincent, record.case, "De crisis is voorbij.")
    assert do(Act.ASSESS).state == "safety_assessed"


# --- What is refused -----------------------------------------------------------------------------------

WRONG = [
    # acts before, act, what is given, field, why
    ([], Act.ASSESS, {"outcome": ""}, "outcome", "no outcome"),
    ([], Act.ASSESS, {"note": " \n "}, "note", "white space says nothing"),
    ([], Act.ASSESS, {"assessed_on": TODAY + timedelta(days=1)}, "assessed_on", "in the future"),
    ([], Act.ASSESS, {"assessed_on": TODAY - timedelta(days=1)}, "assessed_on", "before the report"),
    ([], Act.ASSESS, {"outcome": "acute", "done_at_once": ""}, "done_at_once", "acute danger and nothing done"),
    ([], Act.IS_ADVICE, {"note": ""}, "note", "no reason"),
    ([Act.ASSESS], Act.TRIAGE, {"carrier": None}, "carrier", "nobody carries it"),
    ([Act.ASSESS], Act.TRIAGE, {"carrier_name": "oma"}, "carrier_name", "two carry it"),
    ([Act.ASSESS], Act.TRIAGE, {"due_on": TODAY - timedelta(days=1)}, "due_on", "due yesterday"),
    ([Act.ASSESS, Act.TRIAGE], Act.SETTLE_NEXT_STEP, {"status": "dropped"}, "note", "dropped without a reason"),
    ([*INVESTIGATED[:3]], Act.DECIDE_INVESTIGATION, {"findings": ""}, "findings", "a conclusion without findings"),
    ([*INVESTIGATED[:3]], Act.DECIDE_INVESTIGATION, {"conclusion": "left_to_board"}, "conclusion", "not for us to say"),
    (INVESTIGATED, Act.SET_CONDITION, {"until": TODAY - timedelta(days=1)}, "until", "until yesterday"),
    (INVESTIGATED, Act.SET_CONDITION, {"until": date(2206, 12, 1)}, "until", "a slip of the finger in the year"),
    (INVESTIGATED, Act.TRANSFER, {"agreed_on": LATER}, "agreed_on", "agreed in the future"),
    (INVESTIGATED, Act.TRANSFER, {"agreed_on": TODAY - timedelta(days=9)}, "agreed_on", "agreed before the report"),
    (INVESTIGATED, Act.MONITOR, {"planned_on": TODAY - timedelta(days=1)}, "planned_on", "planned in the past"),
    ([*INVESTIGATED, Act.MONITOR], Act.HOLD_FOLLOW_UP, {"held_on": LATER}, "held_on", "held in the future"),
    ([*INVESTIGATED, Act.MONITOR], Act.HOLD_FOLLOW_UP, {"held_on": None}, "held_on", "held, but when"),
]


@pytest.mark.parametrize(("before", "act", "given", "field", "why"), WRONG, ids=[f"{r[1]}: {r[4]}" for r in WRONG])
def test_what_is_filled_in_wrong_writes_nothing(do, record, vincent, before, act, given, field, why):
    do(*before)
    version, state = record.version, record.state
    with pytest.raises(InvalidEntry) as refused:
        take_step(vincent, record, act, filled(act, record, **given), record.version)
    assert field in refused.value.errors, why
    record.refresh_from_db()
    assert (record.version, record.state) == (version, state)
    assert record.steps.count() == len(before)
    assert record.assessments.count() == (Act.ASSESS in before)


def test_what_cannot_be_from_here_says_so_in_words(vincent, record):
    with pytest.raises(StepNotPossible) as refused:
        take_step(vincent, record, Act.CLOSE, {"note": "Klaar."}, record.version)
    assert refused.value.problems == ["«Dossier afsluiten» kan niet nu het dossier de stand «gemeld» heeft."]


def test_closing_waits_for_what_is_open(do, record, vincent):
    do(*INVESTIGATED, Act.SET_CONDITION, Act.PLAN_FOLLOW_UP)
    with pytest.raises(StepNotPossible) as refused:
        take_step(vincent, record, Act.CLOSE, {"note": "Klaar."}, record.version)
    assert len(refused.value.problems) == 3


def test_an_item_of_another_dossier_is_not_touched(do, record, vincent, wilma, routed):
    do(Act.ASSESS, Act.TRIAGE)
    other = VtRecord.objects.get(case=accept(vincent, routed(wilma, category="hgkm", age=9)).case)
    take_step(vincent, other, Act.ASSESS, filled(Act.ASSESS, other), other.version)
    take_step(vincent, other, Act.TRIAGE, filled(Act.TRIAGE, other), 2)
    theirs = {"target": other.next_steps.get().pk, "status": "done"}
    with pytest.raises(StepNotPossible):
        take_step(vincent, record, Act.SETTLE_NEXT_STEP, theirs, record.version)
    assert other.next_steps.get().status == "asked"


# --- By whom ---------------------------------------------------------------------------------------------


def test_only_the_keeper_takes_steps(record, wilma, karin, mirjam, ingrid):
    for who, act in product((wilma, karin, mirjam, ingrid), Act):
        with pytest.raises(PermissionDenied):
            take_step(who, record, act, filled(act, record), record.version)
    assert not VtStep.objects.exists()


def test_who_only_broke_the_glass_carries_nothing(do, record, demo_users):
    reader = demo_users["police"]
    reader.memberships.update(role="icd_worker")
    actor = actor_of(reader)
    do(Act.ASSESS)
    do(Act.TRIAGE, carrier=Organisation.objects.get(pk=actor.organisation_id))
    break_glass(actor, record.case_id, "acute_danger")
    settled = {"target": record.next_steps.get().pk, "status": "accepted"}
    with pytest.raises(PermissionDenied):
        take_step(actor, record, Act.SETTLE_NEXT_STEP, settled, record.version)


def test_who_carries_a_step_takes_it_up_and_nothing_else(do, record, wilma):
    icd = Organisation.objects.get(slug="icd-kennemerland")
    do(Act.ASSESS)
    do(Act.TRIAGE, carrier=icd)
    step = record.next_steps.get()
    take_step(wilma, record, Act.SETTLE_NEXT_STEP, {"target": step.pk, "status": "accepted"}, record.version)
    step.refresh_from_db()
    assert (step.status, record.steps.last().organisation) == ("accepted", icd)
    record.refresh_from_db()
    with pytest.raises(PermissionDenied):
        take_step(wilma, record, Act.ASSESS, filled(Act.ASSESS, record), record.version)


# --- Two at once -------------------------------------------------------------------------------------------


def test_an_older_version_takes_no_step(do, record, vincent):
    read = record.version
    do(Act.ASSESS)
    with pytest.raises(DossierChanged):
        take_step(vincent, record, Act.TRIAGE, filled(Act.TRIAGE, record), read)
    assert record.next_steps.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(vincent, record):
    started, outcomes = threading.Barrier(2), []

    def assess() -> None:
        started.wait(10)
        try:
            take_step(vincent, record, Act.ASSESS, filled(Act.ASSESS, record), record.version)
            outcomes.append("taken")
        except DossierChanged:
            outcomes.append("too late")
        finally:
            connection.close()

    both = [threading.Thread(target=assess) for _each in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)
    assert sorted(outcomes) == ["taken", "too late"]
    assert (record.steps.count(), record.assessments.count()) == (1, 1)


# --- What the database itself holds ---------------------------------------------------------------------


def test_steps_and_assessments_are_only_ever_added(do, record):
    do(Act.ASSESS)
    for row in (VtStep.objects.get(), SafetyAssessment.objects.get()):
        for change in (row.delete, row.save):
            with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
                change()


BROKEN = [
    # the row, what is written past the service, why it is refused
    ("next_steps", {"carrier_name": "oma"}, "two carry it"),
    ("next_steps", {"organisation": None}, "nobody carries it"),
    ("investigations", {"conclusion": ""}, "decided without a conclusion"),
    ("investigations", {"decided_at": None}, "a conclusion that nobody decided"),
    ("conditions", {"status": "met"}, "judged without a word"),
    ("follow_ups", {"status": "held", "note": "x"}, "held, but when and by whom"),
]


@pytest.mark.parametrize(("rows", "given", "why"), BROKEN, ids=[f"{row[0]}: {row[2]}" for row in BROKEN])
def test_the_database_refuses_what_cannot_be(do, record, rows, given, why):
    do(*INVESTIGATED, Act.SET_CONDITION, Act.PLAN_FOLLOW_UP)
    with pytest.raises(IntegrityError), transaction.atomic():
        getattr(record, rows).update(**given)


def test_advice_and_report_follow_from_the_state(record):
    with pytest.raises(IntegrityError), transaction.atomic():
        VtRecord.objects.filter(pk=record.pk).update(kind="advice")


# --- Any sequence ------------------------------------------------------------------------------------------


# Any act, or one of those that are possible then.
ACTS = st.one_of(st.integers(0, 20), st.integers(0, 20), st.sampled_from(Act))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(ACTS, st.sampled_from(["vincent", "vincent", "wilma", "mirjam"])), max_size=25))
def test_any_sequence_leaves_a_chain_of_legal_steps(request, db, vincent, wilma, routed, acts):
    record = VtRecord.objects.get(case=accept(vincent, routed(wilma, category="hgkm", age=8)).case)
    for chosen, who in acts:
        record.refresh_from_db()
        possible = rows_from(State(record.state))
        act = possible[chosen % len(possible)].act if isinstance(chosen, int) else chosen
        with suppress(PermissionDenied, StepNotPossible, InvalidEntry), transaction.atomic():
            take_step(request.getfixturevalue(who), record, act, filled(act, record), record.version)
    record.refresh_from_db()
    steps = list(record.steps.all())
    states = [START, *(State(step.after) for step in steps)]
    assert [step.before for step in steps] == states[:-1]
    assert record.state == states[-1]
    assert record.version == 1 + len(steps)
    assert (record.kind == "advice") == (State(record.state) in ADVICE)
    for step in steps:
        assert row_for(State(step.before), Act(step.act)).after in (None, State(step.after))
        assert step.taken_by == vincent.user


def test_a_report_that_was_advice_has_no_terms_and_as_a_report_again_has_new_ones(do, record):
    note_event(None, record.case, "vt_reported", record.opened_at)
    running = Clock.objects.filter(norm__starts="vt_reported", dropped_at=None)
    assert running.count() == 2
    do(Act.IS_ADVICE)
    assert not running.exists()
    do(Act.BECOMES_REPORT)
    assert running.count() == 2
