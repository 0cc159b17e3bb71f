"""Opening hours as instants: both nights the clock changes, every Dutch holiday, and policies that differ."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.core.hours import Hours, is_holiday, next_change, open_at, transitions

from . import naive
from .tables import HOURS, ZONE, instant, moments

OFFICE = Hours(tuple((day, 510, 1020) for day in range(5)), "closed")
CLOCK = "Europe/Amsterdam"


def laid_out(document: dict) -> tuple[int, ...]:
    return transitions(
        Hours(
            tuple(tuple(each) for each in document["weekly"]),
            document["on_holidays"],
            document["good_friday_is_holiday"],
            document["liberation_day"],
            tuple((date.fromisoformat(day), opens, closes) for day, opens, closes in document["dated"]),
        ),
        CLOCK,
    )


@pytest.mark.parametrize(
    ("wall", "fold", "expected", "why"),
    [
        ("2026-11-24T08:29:59", 0, False, "not yet"),
        ("2026-11-24T08:30", 0, True, "opens at the stroke"),
        ("2026-11-24T16:59:59", 0, True, "half-open: the last second counts"),
        ("2026-11-24T17:00", 0, False, "half-open: closing time does not"),
        ("2027-03-26T11:00", 0, True, "Good Friday is a working day"),
        ("2027-03-29T11:00", 0, False, "Easter Monday"),
        ("2026-05-05T11:00", 0, True, "5 May, no lustrum"),
        ("2025-05-05T11:00", 0, True, "5 May in a lustrum year, but this service does not keep it"),
        ("2027-04-27T11:00", 0, False, "King's Day"),
        ("2025-04-25T11:00", 0, True, "King's Day 2025 was on Saturday the 26th: Friday the 25th is a working day"),
        ("2026-12-31T11:00", 0, True, "New Year's Eve is a working day"),
        ("2026-12-31T17:30", 0, False, "and ends at the usual hour"),
        ("2027-01-01T11:00", 0, False, "New Year's Day"),
    ],
)
def test_office_hours(wall, fold, expected, why):
    assert open_at(transitions(OFFICE, CLOCK), instant(wall, fold)) is expected, why


@pytest.mark.parametrize(
    ("weekly", "spans", "why"),
    [
        (((6, 150, 165),), ["02:30+0200 02:45+0200", "02:30+0100 02:45+0100"], "inside the hour that occurs twice"),
        (((6, 60, 300),), ["01:00+0200 05:00+0100"], "right through it: five hours"),
        (((6, 120, 180),), ["02:00+0200 03:00+0100"], "exactly both hours, without a break between"),
    ],
)
def test_the_night_that_has_an_hour_twice(weekly, spans, why):
    assert spans_between(weekly, "2026-10-24T12:00", "2026-10-26T12:00") == spans, why


@pytest.mark.parametrize(
    ("weekly", "spans", "why"),
    [
        (((6, 150, 165),), [], "inside the hour that does not exist"),
        (((6, 150, 300),), ["03:00+0200 05:00+0200"], "from an hour that does not exist: opens when it is over"),
        (((6, 60, 150),), ["01:00+0100 03:00+0200"], "until an hour that does not exist: closes when it would begin"),
    ],
)
def test_the_night_that_misses_an_hour(weekly, spans, why):
    assert spans_between(weekly, "2026-03-28T12:00", "2026-03-30T12:00") == spans, why


def spans_between(weekly: tuple, first: str, last: str) -> list[str]:
    points = [p for p in transitions(Hours(weekly), CLOCK) if instant(first) < p < instant(last)]
    texts = [datetime.fromtimestamp(point, ZONE).strftime("%H:%M%z") for point in points]
    return [f"{opens} {closes}" for opens, closes in zip(texts[::2], texts[1::2], strict=True)]


@pytest.mark.parametrize("year", range(2024, 2036))
def test_all_dutch_holidays(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]
    good_friday = naive.easter(year) - timedelta(days=2)
    fifth_of_may = date(year, 5, 5)
    plain = {day for day in days if is_holiday(day, OFFICE)}
    assert plain == naive.public_holidays(year)
    keeps_friday = {day for day in days if is_holiday(day, Hours((), "closed", good_friday_is_holiday=True))}
    assert keeps_friday == plain | {good_friday}
    yearly = {day for day in days if is_holiday(day, Hours((), "closed", liberation_day="yearly"))}
    assert yearly == plain | {fifth_of_may}
    lustrum = {day for day in days if is_holiday(day, Hours((), "closed", liberation_day="lustrum"))}
    assert lustrum == plain | ({fifth_of_may} if year % 5 == 0 else set())


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(HOURS), moments)
def test_open_as_the_wall_clock_says(document, moment):
    service = {"never_off": False, "suspensions": [], "hours": document}
    assert open_at(laid_out(document), moment) == naive.is_on(service, moment)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HOURS), moments)
def test_the_next_change_is_the_first(document, moment):
    points = laid_out(document)
    change = next_change(points, moment)
    now = open_at(points, moment)
    if change is None:
        assert not now or document is HOURS[0]
        return
    assert open_at(points, change - 1) is now
    assert open_at(points, change) is not now
