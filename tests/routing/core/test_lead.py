"""Whether the periods of a lead join up: no moment without a lead, none with two."""

from datetime import UTC, datetime, timedelta

import pytest

from routing.core.lead import joins_up

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def at(minutes: int | None) -> datetime | None:
    return None if minutes is None else START + timedelta(minutes=minutes)


CASES = [
    # periods in minutes, closed at, joined, why
    ([(0, None)], None, True, "one lead from the start until now"),
    ([(0, 5), (5, 9), (9, None)], None, True, "each begins where the one before ended"),
    ([(0, 5), (5, 9)], 9, True, "the last ended when the case was closed"),
    ([(0, 0), (0, None)], None, True, "taken and handed over in the same moment"),
    ([], None, False, "nobody ever led it"),
    ([(1, None)], None, False, "a minute without lead after the opening"),
    ([(0, 5), (6, None)], None, False, "a minute with nobody between two"),
    ([(0, 5), (4, None)], None, False, "a minute with two"),
    ([(0, None), (5, None)], None, False, "two that both go on"),
    ([(0, 5)], None, False, "open, and nobody leads it any more"),
    ([(0, None)], 9, False, "closed, and somebody still leads it"),
    ([(0, 5), (5, 8)], 9, False, "closed a minute after the last lead"),
    ([(0, -1), (-1, None)], None, False, "a period that ends before it begins"),
]


@pytest.mark.parametrize(("periods", "closed", "joined", "why"), CASES, ids=[row[3] for row in CASES])
def test_joins_up(periods, closed, joined, why):
    spans = [(at(start), at(end)) for start, end in periods]
    assert joins_up(spans, START, at(closed)) is joined, why
