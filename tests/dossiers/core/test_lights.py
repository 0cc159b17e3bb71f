"""The traffic light: done, in progress, stalled, not started."""

from datetime import date, datetime

import pytest

from dossiers.core import AMSTERDAM, Light, light

DUE = date(2026, 11, 30)
BEFORE, AFTER = date(2026, 11, 26), date(2026, 12, 1)

CASES = [
    # started, done at, now, stalled, light, why
    (False, None, BEFORE, False, Light.WHITE, "nobody began, and there is time"),
    (True, None, BEFORE, False, Light.YELLOW, "in progress"),
    (True, None, DUE, False, Light.YELLOW, "the last day is in time until it ends"),
    (True, None, AFTER, False, Light.RED, "overdue"),
    (False, None, AFTER, False, Light.RED, "overdue although nobody began: white would hide it"),
    (True, None, BEFORE, True, Light.RED, "stalled before it is due"),
    (False, None, BEFORE, True, Light.RED, "stalled before it began"),
    (True, BEFORE, AFTER, False, Light.GREEN, "done"),
    (True, AFTER, AFTER, False, Light.GREEN, "done late is done"),
    (True, BEFORE, BEFORE, True, Light.GREEN, "done is no longer stalled"),
    (True, AFTER, BEFORE, False, Light.YELLOW, "planned is not done"),
    (True, AFTER, DUE, False, Light.YELLOW, "nor on the last day"),
]


@pytest.mark.parametrize(("started", "done_at", "now", "stalled", "expected", "why"), CASES)
def test_light(started, done_at, now, stalled, expected, why):
    assert light(started=started, done_at=done_at, due=DUE, now=now, stalled=stalled) is expected, why


def test_a_clock_in_the_hour_that_occurs_twice():
    """02:40 in summer time comes before 02:30 in winter time."""
    due = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=AMSTERDAM)
    first = datetime(2026, 10, 25, 2, 40, fold=0, tzinfo=AMSTERDAM)
    assert light(started=True, done_at=None, due=due, now=first) is Light.YELLOW
    assert light(started=True, done_at=None, due=due, now=first.replace(fold=1)) is Light.RED
