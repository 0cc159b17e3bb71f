"""A case has exactly one lead, whatever people, threads or raw SQL do."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.policies import Actor
from partners.actors import actor_of
from partners.models import Organisation
from routing.errors import AlreadyAnswered, DutyLeadCannotDecline, RoutingError
from routing.models import Case, Decision, Handover, LeadPeriod
from routing.services import accept, decline, record_phone_answer, withdraw

pytestmark = pytest.mark.usefixtures("tuesday_morning")

REASONS = st.sampled_from(["capacity", "not_responsible", "more_information", "other_help_active"])
CATEGORIES = st.sampled_from(["ggz", "hgkm", "youth_act", "somatic", "social"])


# --- Random answers ------------------------------------------------------------------------------


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(category=CATEGORIES, age=st.integers(0, 22), danger=st.booleans(), answers=st.lists(REASONS, max_size=6))
def test_there_is_one_lead_after_every_answer(routed, vincent, category, age, danger, answers):
    """Vincent sends; everybody asked refuses as drawn, and then somebody accepts: no case is ever dropped."""
    with transaction.atomic():
        handover = routed(vincent, category=category, age=age, danger=danger)
        for reason in answers:
            _assert_one_lead(handover.case)
            if handover.state != "offered":
                break
            handover = _refuse(handover, reason)
        assert handover.state in ("offered", "accepted")
        if handover.state == "offered":
            handover = _take(handover)
        _assert_one_lead(handover.case)
        assert handover.case.lead_periods.get(ended_at__isnull=True).organisation == handover.service.organisation
        transaction.set_rollback(True)


def _refuse(handover: Handover, reason: str) -> Handover:
    if handover.service.accepts_by == "phone":
        return record_phone_answer(_sender(handover), handover, no_answer=True)
    try:
        return decline(_receiver(handover), handover, reason)
    except DutyLeadCannotDecline:
        return handover


def _take(handover: Handover) -> Handover:
    if handover.service.accepts_by == "phone":
        return record_phone_answer(_sender(handover), handover, accepted_by_name="de dienstdoende")
    return accept(_receiver(handover), handover)


def _receiver(handover: Handover) -> Actor:
    return _somebody_at(handover.service.organisation)


def _sender(handover: Handover) -> Actor:
    return _somebody_at(handover.sender)


def _somebody_at(organisation: Organisation) -> Actor:
    """Wilma, as if she worked there: the demo has no account at every organisation."""
    actor = actor_of(User.objects.get(username="worker"))
    return replace(actor, organisation_id=organisation.pk, organisation_slug=organisation.slug)


def _assert_one_lead(case: Case) -> None:
    assert case.lead_periods.filter(ended_at__isnull=True).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


# --- Raw SQL ---------------------------------------------------------------------------------------

ATTEMPTS = {
    "nobody leads": "UPDATE routing_leadperiod SET ended_at = now() WHERE case_id = {case}",
    "the lead is deleted": "DELETE FROM routing_leadperiod WHERE case_id = {case}",
    "two lead at once": (
        "INSERT INTO routing_leadperiod (case_id, organisation_id, started_at) VALUES ({case}, {other}, now())"
    ),
    "a hole between two leads": (
        "UPDATE routing_leadperiod SET ended_at = started_at + interval '1 minute' WHERE case_id = {case};"
        "INSERT INTO routing_leadperiod (case_id, organisation_id, started_at)"
        " SELECT case_id, {other}, ended_at + interval '1 minute' FROM routing_leadperiod WHERE case_id = {case}"
    ),
    "overlapping leads": (
        "UPDATE routing_leadperiod SET ended_at = started_at + interval '2 minutes' WHERE case_id = {case};"
        "INSERT INTO routing_leadperiod (case_id, organisation_id, started_at)"
        " SELECT case_id, {other}, ended_at - interval '1 minute' FROM routing_leadperiod WHERE case_id = {case}"
    ),
    "the lead begins after the case": (
        "UPDATE routing_leadperiod SET started_at = started_at + interval '1 minute' WHERE case_id = {case}"
    ),
    "a case without a lead": (
        "INSERT INTO routing_case (region_id, opened_at) SELECT region_id, now() FROM routing_case"
    ),
    "the lead moves to another case": (
        "WITH new AS (INSERT INTO routing_case (region_id, opened_at) SELECT region_id, opened_at FROM routing_case"
        " RETURNING id) UPDATE routing_leadperiod SET case_id = new.id FROM new"
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_refuses_at_commit(wilma, routed, attempt):
    case = routed(wilma).case
    other = Organisation.objects.get(slug="kenter")
    before = list(LeadPeriod.objects.values())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTEMPTS[attempt].format(case=case.pk, other=other.pk))
    assert list(LeadPeriod.objects.values()) == before


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE routing_decision SET facts = '{}'",
        "DELETE FROM routing_handover; DELETE FROM routing_decision",
    ],
)
def test_a_decision_never_changes(wilma, routed, attempt):
    routed(wilma)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert Decision.objects.get().facts["age"] == 15


# --- Two at once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["decline", "accept", "withdraw"])
def test_of_two_answers_at_once_one_holds(wilma, karin, routed, second):
    handover = routed(wilma)
    acts = {
        "accept": lambda: accept(karin, handover),
        "decline": lambda: decline(karin, handover, "capacity"),
        "withdraw": lambda: withdraw(wilma, handover, "toch niet nodig"),
    }
    outcomes = _at_once(acts["accept"], acts[second])
    refused = [outcome for outcome in outcomes if isinstance(outcome, RoutingError)]
    assert [type(each) for each in refused] == [AlreadyAnswered]
    case = handover.case
    assert case.lead_periods.filter(ended_at__isnull=True).count() == 1
    assert case.handovers.exclude(state__in=["offered", "accepted"]).count() <= 1


def _at_once(*acts) -> list[object]:
    barrier, outcomes = Barrier(len(acts)), []

    def run(act) -> None:
        barrier.wait()
        try:
            outcomes.append(act())
        except RoutingError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
