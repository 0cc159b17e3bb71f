"""The sweep tells of a term before it ends and when it is over: each once, the oldest first, to whoever leads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from accounts.models import AccessLogEntry, OutboxMessage
from dossiers.core import AMSTERDAM
from dossiers.models import Clock
from dossiers.services import drop_clocks, note_event, suspend
from routing.models import ClockTick
from routing.services import sweep

LAST_DAY = datetime(2026, 12, 1, 12, tzinfo=AMSTERDAM)
TOO_LATE = datetime(2026, 12, 2, tzinfo=AMSTERDAM)
SECOND = timedelta(seconds=1)


def said(kind: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind, channel="email").order_by("pk"))


@pytest.fixture
def case(routed, vincent, tuesday_morning):
    """Led by Veilig Thuis: the safety assessment is due t/m 1 December."""
    case = routed(vincent, category="hgkm", age=8).case
    # The investigation is not what these tests are about.
    for clock in Clock.objects.filter(norm__slug="vt-investigation"):
        clock.dropped_at = tuesday_morning
        clock.save()
    return case


MOMENTS = [
    # when, reminders, overdue, why
    ("2026-11-30T07:59:59", 0, 0, "before the morning of the last working day but one"),
    ("2026-11-30T08:00:00", 1, 0, "one working day before the end"),
    ("2026-12-01T23:59:59", 1, 0, "the last day is in time until it ends"),
    ("2026-12-02T00:00:00", 0, 1, "over: a reminder that it will be helps nobody"),
    ("2026-12-20T00:00:00", 0, 1, "long over, after an outage"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("when", "reminders", "overdue", "why"), MOMENTS)
def test_what_is_told_when(case, when, reminders, overdue, why):
    with time_machine.travel(datetime.fromisoformat(when).replace(tzinfo=AMSTERDAM), tick=False):
        for _again in range(3):
            sweep()
    assert (len(said("clock.reminder")), len(said("clock.overdue"))) == (reminders, overdue), why


@pytest.mark.django_db
def test_it_goes_to_who_leads_and_says_nothing_of_a_person(case, vincent):
    with time_machine.travel(LAST_DAY, tick=False):
        done = sweep()
    assert done["terms reminded"] == 1
    (message,) = said("clock.reminder")
    assert message.subject == f"Termijn loopt bijna af bij casus {case.pk}"
    assert f"/casus/{case.pk}/termijnen/" in message.body
    assert "Meisje" not in message.subject + message.body
    assert message.organisation == "veilig-thuis-kennemerland"
    assert AccessLogEntry.objects.get(event="clock.reminded").rule == "clock"
    assert ClockTick.objects.get().swept_at == LAST_DAY


@pytest.mark.django_db
def test_a_clock_that_stands_still_or_is_dropped_is_silent(case, vincent):
    suspend(vincent, Clock.objects.get(dropped_at=None), datetime(2026, 11, 24, tzinfo=AMSTERDAM), None, "wacht")
    with time_machine.travel(TOO_LATE, tick=False):
        assert sweep()["terms overdue"] == 0
    drop_clocks(vincent, case, "vt_reported", "advies")
    with time_machine.travel(TOO_LATE, tick=False):
        assert sweep()["terms overdue"] == 0


@pytest.mark.django_db
def test_after_an_outage_what_is_longest_overdue_comes_first(case, vincent):
    for days in (3, 9, 6):
        note_event(vincent, case, "crisis_order_imposed", LAST_DAY - timedelta(days=days), f"action-{days}")
    with time_machine.travel(TOO_LATE + timedelta(days=3), tick=False):
        assert sweep()["terms overdue"] == 4
    told = AccessLogEntry.objects.filter(event="clock.overdue").order_by("pk").values_list("record_id", flat=True)
    due = [Clock.objects.get(pk=pk).due_at for pk in told]
    assert due == sorted(due)


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_tell_each_thing_once(case, vincent):
    for number in range(6):
        note_event(vincent, case, "crisis_order_imposed", LAST_DAY - timedelta(days=20), f"action-{number}")
    start = Barrier(2)

    def one() -> None:
        try:
            start.wait()
            for _round in range(3):
                sweep()
        finally:
            connection.close()

    with time_machine.travel(TOO_LATE, tick=False), ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(one), pool.submit(one)]:
            done.result()
    assert len(said("clock.overdue")) == 7
    assert not Clock.objects.filter(dropped_at=None, overdue_told_at=None).exists()
