"""Two people at the same moment with the clocks of one case: one is first, and the other reads why it cannot be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from dossiers.models import Clock, NormEvent, Suspension
from dossiers.services import ClockStopped, close_case, drop_clock, move_event, note_event, suspend
from routing.errors import InvalidEntry, RoutingError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tuesday_morning")]


@pytest.fixture
def clock(routed, vincent, tuesday_morning):
    case = routed(vincent, category="hgkm", age=8).case
    return Clock.objects.get(case=case, norm__slug="vt-safety-assessment")


def at_once(*acts) -> list[object]:
    start = Barrier(len(acts))

    def one(act) -> object:
        try:
            start.wait()
            return act()
        except RoutingError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(one, act) for act in acts]]


def test_two_who_suspend_the_same_period(clock, vincent):
    since = timezone.now() - timedelta(hours=1)
    outcomes = at_once(*(lambda: suspend(vincent, clock, since, None, "wacht") for _person in range(2)))
    assert sum(isinstance(each, InvalidEntry) for each in outcomes) == 1
    assert Suspension.objects.count() == 1


def test_one_suspends_what_another_drops(clock, vincent):
    since = timezone.now() - timedelta(hours=1)
    outcomes = at_once(
        lambda: suspend(vincent, clock, since, None, "wacht"), lambda: drop_clock(vincent, clock, "geldt niet")
    )
    clock.refresh_from_db()
    assert clock.dropped_at is not None
    assert Suspension.objects.exists() != any(isinstance(each, ClockStopped) for each in outcomes)


def test_the_same_event_is_noted_once(clock, vincent):
    now = timezone.now()
    at_once(*(lambda: note_event(vincent, clock.case, "safety_assessed", now) for _person in range(3)))
    assert NormEvent.objects.filter(event="safety_assessed").count() == 1
    clock.refresh_from_db()
    assert clock.history.count() == 2, "started and met, once each"


def test_closing_while_another_corrects_the_start(clock, vincent):
    earlier = timezone.now() - timedelta(days=3)
    at_once(
        lambda: close_case(vincent, clock.case, "Rustig.", drop_terms=True),
        lambda: move_event(vincent, clock.case, "vt_reported", earlier),
    )
    assert not Clock.objects.filter(case=clock.case, dropped_at=None).exists()
    assert NormEvent.objects.get(event="vt_reported").at == earlier
