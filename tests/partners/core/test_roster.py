"""Cover of a roster: a case table, and what must hold for every roster."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.core import Duty, Gap, double_bookings, gaps, repeated

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


def hour(number: float) -> datetime:
    return MONDAY + timedelta(hours=number)


def duty(person: int, starts: float, ends: float, key: int = 0) -> Duty:
    return Duty(key or person, person, hour(starts), hour(ends))


# the shifts of a day of 24 hours, how many are needed, the gaps as (from, until, present), why
DAYS = [
    ([], 1, [(0, 24, 0)], "an empty roster is one long gap"),
    ([], 0, [], "nobody needed, nothing missing"),
    ([duty(1, 0, 24)], 1, [], "one for the whole day"),
    ([duty(1, 0, 24)], 2, [(0, 24, 1)], "one where two are needed"),
    ([duty(1, 0, 8), duty(2, 8, 24)], 1, [], "half-open: the next begins as the one before ends"),
    ([duty(1, 0, 8), duty(2, 9, 24)], 1, [(8, 9, 0)], "an hour between two shifts"),
    ([duty(1, 0, 12), duty(2, 0, 24)], 2, [(12, 24, 1)], "two by day, one at night"),
    ([duty(1, 0, 24), duty(1, 0, 24, key=9)], 2, [(0, 24, 1)], "who is booked twice is still one person"),
    ([duty(1, 0, 12), duty(2, 12, 24)], 2, [(0, 24, 1)], "a change of shift does not cut a gap in two"),
    ([duty(1, 6, 12)], 2, [(0, 6, 0), (6, 12, 1), (12, 24, 0)], "how many are there is told of each part"),
    ([duty(1, -5, 3), duty(2, 20, 40)], 1, [(3, 20, 0)], "from the evening before until the day after"),
    ([duty(1, -9, -1)], 1, [(0, 24, 0)], "somebody of yesterday is of no use"),
]


@pytest.mark.parametrize(("shifts", "needed", "expected", "why"), DAYS, ids=[why for *_row, why in DAYS])
def test_where_too_few_are_there(shifts, needed, expected, why):
    found = gaps(shifts, needed, hour(0), hour(24))
    assert found == [Gap(hour(starts), hour(ends), present) for starts, ends, present in expected], why


def test_the_night_on_which_the_clock_goes_back_is_an_hour_longer():
    begin, end = datetime(2026, 10, 25, 0, tzinfo=AMSTERDAM), datetime(2026, 10, 25, 6, tzinfo=AMSTERDAM)
    [gap] = gaps([], 1, begin, end)
    assert gap.ends - gap.starts == timedelta(hours=7)


SHIFTS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 47), st.integers(1, 12)).map(
        lambda shift: duty(shift[0], shift[1], shift[1] + shift[2])
    ),
    max_size=8,
)


@given(SHIFTS, st.integers(1, 3))
def test_a_moment_is_in_a_gap_exactly_when_too_few_are_there(shifts, needed):
    found = gaps(shifts, needed, hour(0), hour(48))
    for half_hours in range(96):
        moment = hour(half_hours / 2)
        present = len({each.person for each in shifts if each.holds(moment)})
        inside = [gap for gap in found if gap.starts <= moment < gap.ends]
        assert [gap.present for gap in inside] == ([present] if present < needed else [])


@given(SHIFTS, st.integers(1, 4), st.integers(0, 40))
def test_one_more_shift_never_makes_a_gap(shifts, person, starts):
    def missing(roster: list[Duty]) -> timedelta:
        return sum(
            ((gap.ends - gap.starts) * (2 - gap.present) for gap in gaps(roster, 2, hour(0), hour(48))), timedelta()
        )

    assert missing([*shifts, duty(person, starts, starts + 8)]) <= missing(shifts)


# two shifts, whether they are a double booking, why
PAIRS = [
    (duty(1, 0, 8), duty(1, 7, 9, key=2), True, "an hour in two places"),
    (duty(1, 0, 8), duty(1, 8, 16, key=2), False, "one after the other"),
    (duty(1, 0, 8), duty(2, 0, 8), False, "two people"),
    (duty(1, 0, 24), duty(1, 3, 4, key=2), True, "one inside the other"),
]


@pytest.mark.parametrize(("one", "other", "twice", "why"), PAIRS, ids=[why for *_row, why in PAIRS])
def test_who_is_in_two_places(one, other, twice, why):
    assert bool(double_bookings([other, one])) is twice, why


def test_a_repeated_night_keeps_its_wall_times():
    nights = repeated(date(2026, 10, 19), time(23), time(8), frozenset({5, 6}), date(2026, 11, 1), AMSTERDAM)
    assert [(starts.isoformat(), (ends.astimezone(UTC) - starts.astimezone(UTC))) for starts, ends in nights] == [
        ("2026-10-24T23:00:00+02:00", timedelta(hours=10)),
        ("2026-10-25T23:00:00+01:00", timedelta(hours=9)),
        ("2026-10-31T23:00:00+01:00", timedelta(hours=9)),
        ("2026-11-01T23:00:00+01:00", timedelta(hours=9)),
    ]


def test_a_wall_time_that_does_not_exist_begins_an_hour_later():
    [(starts, _ends)] = repeated(date(2027, 3, 28), time(2, 30), time(8), frozenset({6}), date(2027, 3, 28), AMSTERDAM)
    assert starts.isoformat() == "2027-03-28T03:30:00+02:00"
