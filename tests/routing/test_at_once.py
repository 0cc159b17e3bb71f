"""Two people at the same moment: two colleagues with one offer, and the same offer over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AccessLogEntry, OutboxMessage, User
from accounts.policies import Actor
from accounts.services import issue_api_token
from partners.actors import actor_of
from routing.errors import AlreadyAnswered
from routing.models import CapacityReport, Handover
from routing.services import accept, decline, sweep
from tests.routing.conftest import TUESDAY_MORNING

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tuesday_morning")]


@pytest.fixture
def kim(karin) -> Actor:
    """Karin's colleague at Kenter, with an account of her own."""
    user = User.objects.create_user("kim", password="kim-werkt-bij-kenter")
    membership = karin.user.memberships.get()
    membership.pk, membership.user, membership.valid_from = None, user, date(2020, 1, 1)
    membership.save()
    return actor_of(user, "127.0.0.1")


def test_of_two_colleagues_who_accept_one_wins_and_the_other_reads_why(wilma, karin, kim, routed):
    handover = routed(wilma)

    outcomes = at_once(lambda: accept(karin, handover), lambda: accept(kim, handover))

    lost = [outcome for outcome in outcomes if isinstance(outcome, AlreadyAnswered)]
    assert len(lost) == 1
    assert "intussen al beantwoord: geaccepteerd" in lost[0].message
    _assert_accepted_once(handover, {karin.user, kim.user})


def test_of_two_colleagues_one_accepts_and_one_declines_and_one_holds(wilma, karin, kim, routed):
    handover = routed(wilma)

    outcomes = at_once(lambda: accept(karin, handover), lambda: decline(kim, handover, "capacity"))

    assert sum(isinstance(outcome, AlreadyAnswered) for outcome in outcomes) == 1
    handover.refresh_from_db()
    declined = handover.state == "declined"
    assert handover.case.handovers.count() == (2 if declined else 1)
    assert CapacityReport.objects.count() == int(declined)


def test_a_hundredth_after_the_time_is_up_somebody_accepts_while_the_clock_sweeps(wilma, karin, routed):
    handover = routed(wilma)
    Handover.objects.filter(pk=handover.pk).update(due_at=TUESDAY_MORNING)

    outcomes = at_once(lambda: accept(karin, handover), sweep, sweep)

    handover.refresh_from_db()
    refused = any(isinstance(outcome, AlreadyAnswered) for outcome in outcomes)
    assert (handover.state, handover.case.handovers.count()) == (("expired", 2) if refused else ("accepted", 1))
    assert handover.case.lead_periods.filter(ended_at__isnull=True).count() == 1


def test_over_http_one_is_told_yes_and_the_other_that_it_is_answered(live_server, wilma, karin, kim, routed):
    handover = routed(wilma)
    tokens = [issue_api_token(actor.user) for actor in (karin, kim)]

    outcomes = at_once(*(lambda token=token: _accept_over_http(live_server, token, handover) for token in tokens))

    assert sorted(status for status, _said in outcomes) == [200, 409]
    assert "intussen al beantwoord" in dict(outcomes)[409]
    _assert_accepted_once(handover, {karin.user, kim.user})


def at_once(*acts) -> list[object]:
    """What came of each, an exception included; all start together."""
    start = Barrier(len(acts))

    def run(act) -> object:
        start.wait()
        try:
            return act()
        except AlreadyAnswered as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


def _accept_over_http(live_server, token: str, handover: Handover) -> tuple[int, str]:
    site = HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=30)
    try:
        site.request("POST", f"/api/v1/handovers/{handover.pk}/accept/", headers={"Authorization": f"Bearer {token}"})
        answer = site.getresponse()
        return answer.status, answer.read().decode()
    finally:
        site.close()


def _assert_accepted_once(handover: Handover, colleagues: set[User]) -> None:
    handover.refresh_from_db()
    assert handover.state == "accepted"
    assert handover.answered_by in colleagues
    assert list(handover.case.lead_periods.values_list("handover", flat=True)) == [None, handover.pk]
    assert AccessLogEntry.objects.filter(event="handover.accepted").count() == 1
    assert OutboxMessage.objects.filter(kind="handover.accepted").count() == 1
