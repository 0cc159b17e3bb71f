"""Crisis clocks run through nights, weekends and both changes of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import AMSTERDAM, BeyondCalendar, clock_end
from dossiers.core.deadline import ClockChange, TimeStoodStill

CASES = [
    # hours, start, suspended, due, why
    (72, "2026-11-23T10:15+01:00", [], "2026-11-26T10:15:00+01:00", "three days on"),
    (72, "2026-11-27T17:00+01:00", [], "2026-11-30T17:00:00+01:00", "a weekend counts"),
    (24, "2026-12-24T18:00+01:00", [], "2026-12-25T18:00:00+01:00", "so does Christmas"),
    (24, "2028-02-28T12:00+01:00", [], "2028-02-29T12:00:00+01:00", "so does a leap day"),
    (72, "2026-10-25T02:30+02:00", [], "2026-10-28T01:30:00+01:00", "from the first 02:30 of the long night"),
    (72, "2026-10-25T02:30+01:00", [], "2026-10-28T02:30:00+01:00", "from the second"),
    (1, "2026-10-25T02:30+02:00", [], "2026-10-25T02:30:00+01:00", "from the first 02:30 to the second"),
    (24, "2026-10-24T12:00+02:00", [], "2026-10-25T11:00:00+01:00", "the day has 25 hours"),
    (24, "2026-03-28T12:00+01:00", [], "2026-03-29T13:00:00+02:00", "the day has 23 hours"),
    (24, "2026-03-28T02:30+01:00", [], "2026-03-29T03:30:00+02:00", "02:30 does not exist that night"),
    (1, "2026-03-29T01:30+01:00", [], "2026-03-29T03:30:00+02:00", "over the hour that does not exist"),
    (8760, "2026-11-23T10:00+01:00", [], "2027-11-23T10:00:00+01:00", "a year: forward and back again"),
    (24, "2026-11-23T10:00+00:00", [], "2026-11-24T11:00:00+01:00", "another zone: told in Amsterdam's"),
    (24, "2026-11-23T10:00+01:00", ["23T12:00/23T18:00"], "2026-11-24T16:00:00+01:00", "six hours"),
    (24, "2026-11-23T10:00+01:00", ["23T08:00/23T12:00"], "2026-11-24T12:00:00+01:00", "begins in it: two hours"),
    (24, "2026-11-23T10:00+01:00", ["23T08:00/23T10:00"], "2026-11-24T10:00:00+01:00", "half-open: ran again in time"),
    (24, "2026-11-23T10:00+01:00", ["24T10:00/25T10:00"], "2026-11-24T10:00:00+01:00", "from the end on: nothing"),
    (24, "2026-11-23T10:00+01:00", ["24T09:59/25T09:59"], "2026-11-25T10:00:00+01:00", "a minute before the end: all"),
    (
        24,
        "2026-11-23T10:00+01:00",
        ["23T14:00/23T18:00", "23T12:00/23T16:00"],
        "2026-11-24T16:00:00+01:00",
        "overlapping and out of order: 12 to 18 once",
    ),
    (
        24,
        "2026-11-23T10:00+01:00",
        ["23T12:00/23T20:00", "23T14:00/23T16:00"],
        "2026-11-24T18:00:00+01:00",
        "one within the other",
    ),
]


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text if len(text) > 8 else f"2026-11-{text}")
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(("hours", "start", "suspended", "due", "why"), CASES)
def test_due(hours, start, suspended, due, why):
    periods = tuple((instant(first), instant(after)) for first, after in (each.split("/") for each in suspended))
    assert clock_end(hours, instant(start), periods).due.isoformat() == due, why


def test_a_day_of_25_hours_that_stood_still():
    sunday = (datetime(2026, 10, 25, tzinfo=AMSTERDAM), datetime(2026, 10, 26, tzinfo=AMSTERDAM))
    found = clock_end(24, instant("2026-10-24T12:00+02:00"), (sunday,))
    assert found.due.isoformat() == "2026-10-26T12:00:00+01:00"
    assert TimeStoodStill(timedelta(hours=25)) in found.reasons


def test_both_changes_of_a_year_are_told():
    autumn_to_autumn = clock_end(8760, instant("2026-10-25T02:30+02:00"))
    told = [(each.on.isoformat(), each.forward) for each in autumn_to_autumn.reasons if isinstance(each, ClockChange)]
    assert told == [("2026-10-25", False), ("2027-03-28", True)]


@pytest.mark.parametrize("hours", [24 * 365 * 18, 999_999])
def test_beyond_the_calendar(hours):
    with pytest.raises(BeyondCalendar):
        clock_end(hours, instant("2026-11-23T10:00+01:00"))


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
hours = st.integers(1, 2000)
spans = st.lists(st.tuples(st.integers(-5_000, 200_000), st.integers(1, 100_000)), max_size=3)


def minutes(start: datetime, pairs: list[tuple[int, int]]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple(
        (start + timedelta(minutes=first), start + timedelta(minutes=first + length)) for first, length in pairs
    )


@given(hours, moments)
def test_elapsed_time_is_elapsed_time(amount, start):
    due = clock_end(amount, start.astimezone(AMSTERDAM)).due
    assert due.timestamp() - start.timestamp() == pytest.approx(amount * 3600, abs=1e-3)


@given(st.integers(1, 200), moments, spans)
def test_as_counting_every_minute(amount, start, pairs):
    start = start.replace(second=0, microsecond=0)
    still = {each for first, length in pairs for each in range(first, first + length)}
    now = left = 0
    left = amount * 60
    while left:
        left -= now not in still
        now += 1
    assert clock_end(amount, start, minutes(start, pairs)).due.timestamp() == start.timestamp() + now * 60


@given(hours, moments, st.integers(1, 100_000), spans)
def test_a_later_start_is_never_due_earlier(amount, start, later, pairs):
    suspended = minutes(start, pairs)
    first, second = (clock_end(amount, each, suspended).due for each in (start, start + timedelta(minutes=later)))
    assert second.timestamp() >= first.timestamp()


@given(hours, moments, spans, st.tuples(st.integers(-5_000, 200_000), st.integers(1, 100_000)))
def test_another_suspension_never_makes_it_earlier(amount, start, pairs, one_more):
    fewer, more = minutes(start, pairs), minutes(start, [*pairs, one_more])
    assert clock_end(amount, start, more).due.timestamp() >= clock_end(amount, start, fewer).due.timestamp()
