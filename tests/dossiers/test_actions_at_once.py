"""Two people, or two sweepers, at the same moment with one action."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Action, Person
from dossiers.services import begin_action, end_action, lapse_overdue
from partners.models import Organisation
from routing.errors import ChangedMeanwhile, InvalidEntry
from routing.services import accept
from tests.routing.test_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tuesday_morning")]


@pytest.fixture
def impose(wilma, vincent, routed):
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    jan = Person.objects.create(surname="Bakker", born=date(1985, 5, 1))
    case.people.create(person=jan, role="family", since=timezone.now())
    given = {"person": jan, "organisation": Organisation.objects.get(pk=vincent.organisation_id), "note": ""}
    return lambda: begin_action(vincent, case, "restraining_order", given | {"started_at": timezone.now()})


def told(act, *refusals):
    """What came of it, a refusal included."""

    def run() -> object:
        try:
            return act()
        except refusals as error:
            return error

    return run


def test_of_two_orders_on_one_person_one_is_imposed(impose):
    outcomes = at_once(*[told(impose, InvalidEntry)] * 2)
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, InvalidEntry)]
    assert "person" in refused.errors
    assert Action.objects.count() == 1


def test_of_two_who_end_it_one_is_told_that_another_was_first(impose, vincent):
    action = impose()
    ended = {"ending": "withdrawn", "end_note": "Beroep gegrond."}
    outcomes = at_once(*[told(lambda: end_action(vincent, action, 1, ended), ChangedMeanwhile)] * 2)
    assert sum(isinstance(outcome, ChangedMeanwhile) for outcome in outcomes) == 1
    action.refresh_from_db()
    assert action.version == 2


def test_who_ends_it_holds_the_case_first(impose, vincent):
    """As who begins one does: else each would wait for what the other holds."""
    action = impose()
    with CaptureQueriesContext(connection) as told:
        end_action(vincent, action, 1, {"ending": "withdrawn", "end_note": "Beroep gegrond."})
    locks = [each["sql"] for each in told if "FOR UPDATE" in each["sql"]]
    assert 'FROM "routing_case"' in locks[0]


def test_two_sweepers_lapse_it_once(impose):
    impose()
    with time_machine.travel(datetime(2026, 12, 5, 0, 1, tzinfo=AMSTERDAM), tick=True):
        assert sorted(at_once(lapse_overdue, lapse_overdue)) == [0, 1]
    assert AccessLogEntry.objects.filter(event="action.lapsed").count() == 1
