"""A reminder comes before the end, on a day on which somebody reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import AMSTERDAM, NORMS, Duration, Unit, day_off, parse_duration, remind_moment

CASES = [
    # due, before, reminded, why
    ("2026-11-30", "1 working day", "2026-11-27T08:00", "Monday: the Friday before"),
    ("2026-12-28", "2 working days", "2026-12-23T08:00", "Christmas is on Friday: the 24th, and the 23rd"),
    ("2027-05-07", "1 working day", "2027-05-04T08:00", "Ascension Day and 5 May are off"),
    ("2026-11-30", "2 days", "2026-11-28T08:00", "days count weekends too"),
    ("2026-11-30", "1 week", "2026-11-23T08:00", "a week"),
    ("2027-03-31", "1 month", "2027-02-28T08:00", "there is no 31 February"),
    ("2026-11-30", "4 h", "2026-11-30T20:00", "four hours before the day is over"),
    ("2026-10-25", "24 h", "2026-10-25T00:00", "a day of 25 hours: 24 before its end is one o'clock in summer time"),
    ("2026-11-25T10:15", "4 h", "2026-11-25T06:15", "of a clock in hours"),
    ("2026-10-25T11:00", "12 h", "2026-10-25T00:00", "across the end of summer time"),
    ("2026-03-29T11:00", "12 h", "2026-03-28T22:00", "across its beginning"),
    ("2026-11-25T10:15", "1 day", "2026-11-24T08:00", "the morning of the day before"),
]


@pytest.mark.parametrize(("due", "before", "reminded", "why"), CASES)
def test_reminded(due, before, reminded, why):
    moment = datetime.fromisoformat(due).replace(tzinfo=AMSTERDAM) if "T" in due else date.fromisoformat(due)
    expected = datetime.fromisoformat(reminded).replace(tzinfo=AMSTERDAM)
    if due == "2026-10-25":
        expected += timedelta(hours=1)
    assert remind_moment(moment, parse_duration(before)).astimezone(UTC) == expected.astimezone(UTC), why


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.integers(1, 60))
def test_working_days_before_are_working_days(due, amount):
    found = remind_moment(due, Duration(amount, Unit.WORKING_DAYS))
    assert day_off(found.date()) is None
    between = (found.date() + timedelta(days=n) for n in range(1, (due - found.date()).days))
    assert sum(day_off(day) is None for day in between) == amount - 1


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.builds(Duration, st.integers(1, 60), st.sampled_from(Unit)))
def test_before_the_end(due, before):
    end = datetime.combine(due + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    assert remind_moment(due, before).astimezone(UTC) < end.astimezone(UTC)


def test_every_shipped_norm_reminds():
    assert all(norm.remind_before for norm in NORMS.values())
