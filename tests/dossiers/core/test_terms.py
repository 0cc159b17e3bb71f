"""Terms in days, weeks and months: every expected date was counted on a calendar, none was read off the code."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.core import NORMS, BeyondCalendar, DayOff, Duration, Unit, day_off, parse_duration, term_end
from dossiers.core import deadline as reasons
from dossiers.core.days import BY_THE_LAW, NAMED
from routing.core.hours import FIRST_DAY, LAST_DAY, holidays_on

from . import naive

DAY = timedelta(days=1)

WORKING_DAYS = [
    # norm, start, due, why
    ("5 working days", "2026-11-23", "2026-11-30", "Monday to Monday: one weekend"),
    ("5 working days", "2026-11-20", "2026-11-27", "the day of the event, a Friday, is not counted"),
    ("5 working days", "2026-11-21", "2026-11-27", "an event on Saturday: Monday is the first day"),
    ("5 working days", "2026-11-22", "2026-11-27", "an event on Sunday: the same"),
    ("1 working day", "2026-11-26", "2026-11-27", "Thursday, so Friday"),
    ("1 working day", "2026-11-27", "2026-11-30", "Friday, so Monday"),
    ("10 working days", "2026-11-23", "2026-12-07", "two weekends"),
    ("5 werkdagen", "2026-11-23", "2026-11-30", "said in Dutch"),
    ("5 working days", "2020-01-01", "2020-01-08", "the first day that is known: 2, 3, 6, 7, 8 January"),
    # Christmas and New Year
    (
        "5 working days",
        "2026-12-21",
        "2026-12-29",
        "Christmas on Friday and Saturday: 22, 23, 24, 28, 29",
    ),
    ("5 working days", "2026-12-24", "2027-01-04", "28 to 31 December, and New Year's Day is a Friday"),
    ("5 working days", "2027-12-24", "2027-12-31", "both Christmas days in the weekend: Monday the 27th is no holiday"),
    ("5 working days", "2025-12-22", "2025-12-31", "Christmas on Thursday and Friday"),
    ("5 working days", "2025-12-24", "2026-01-05", "29, 30, 31, then 2 and 5 January"),
    ("2 working days", "2026-12-31", "2027-01-05", "New Year's Eve is the event, New Year's Day is off"),
    ("1 working day", "2026-12-30", "2026-12-31", "New Year's Eve is a working day"),
    # Easter
    ("5 working days", "2027-03-22", "2027-03-31", "Good Friday and Easter Monday"),
    ("5 working days", "2026-04-01", "2026-04-10", "2 April, then 7 to 10 April after Easter Monday"),
    ("1 working day", "2027-03-25", "2027-03-30", "the Thursday before Good Friday"),
    # King's Day
    ("5 working days", "2027-04-20", "2027-04-28", "King's Day on Tuesday the 27th"),
    ("5 working days", "2025-04-22", "2025-04-29", "the 27th is a Sunday: King's Day is on Saturday the 26th"),
    ("1 working day", "2025-04-25", "2025-04-28", "and then Monday the 28th is a working day"),
    ("5 working days", "2024-04-26", "2024-05-03", "King's Day on Saturday is not made up for"),
    # 5 May, Ascension Day, Whit Monday
    ("1 working day", "2026-05-04", "2026-05-06", "5 May 2026 is no lustrum, and counts"),
    ("1 working day", "2023-05-04", "2023-05-08", "5 May 2023 was a Friday and no lustrum"),
    ("1 working day", "2025-05-02", "2025-05-06", "5 May 2025, a lustrum, on Monday"),
    ("5 working days", "2027-05-03", "2027-05-12", "5 May on Wednesday and Ascension Day on Thursday"),
    ("3 working days", "2026-05-13", "2026-05-19", "the Friday after Ascension Day is a working day"),
    ("3 working days", "2026-05-22", "2026-05-28", "Whit Monday"),
]
DAYS = [
    # norm, start, due, why
    ("10 days", "2026-11-23", "2026-12-03", "Thursday: stays"),
    ("28 days", "2026-11-23", "2026-12-21", "Monday: stays"),
    ("10 days", "2026-11-18", "2026-11-30", "Saturday the 28th moves to Monday"),
    ("10 days", "2026-12-15", "2026-12-28", "Christmas Day on Friday, then a weekend"),
    ("1 day", "2026-11-27", "2026-11-30", "Saturday moves"),
    ("2 days", "2026-11-27", "2026-11-30", "shorter than three days: one working day is enough"),
    ("2 days", "2025-12-24", "2025-12-29", "shorter than three days, over Christmas"),
    ("3 days", "2026-11-25", "2026-11-30", "Saturday moves; Thursday, Friday and Monday are in it"),
    ("3 days", "2026-11-26", "2026-11-30", "Sunday moves; Friday and Monday are in it"),
    ("3 days", "2026-11-27", "2026-12-01", "ends on Monday with only Monday in it: Tuesday"),
    ("3 days", "2026-11-28", "2026-12-01", "ends on Tuesday with two in it"),
    ("3 days", "2026-12-23", "2026-12-28", "second Christmas Day, a Saturday, moves; the 24th and 28th are in it"),
    ("3 days", "2026-12-24", "2026-12-29", "moves to the 28th, which is the only one: the 29th"),
    ("3 days", "2027-12-23", "2027-12-27", "Christmas in the weekend: Friday the 24th and Monday"),
    ("3 days", "2027-12-24", "2027-12-28", "Christmas in the weekend: Monday alone is not enough"),
    ("5 days", "2025-12-24", "2025-12-30", "Thursday and Friday off, the weekend, Monday alone"),
    ("3 days", "2025-12-31", "2026-01-05", "Friday 2 January and Monday"),
    ("3 days", "2027-03-24", "2027-03-30", "Saturday before Easter moves over Easter Monday; Thursday counts too"),
    ("3 days", "2027-03-25", "2027-03-31", "from Good Friday on nothing works until Tuesday: Wednesday is the second"),
    ("4 days", "2026-04-02", "2026-04-08", "ends on Easter Monday; Tuesday is alone"),
    ("3 days", "2026-04-24", "2026-04-29", "a weekend and King's Day on Monday: Tuesday is alone"),
    ("3 days", "2023-04-26", "2023-05-01", "King's Day on Thursday, Friday works, Saturday moves to Monday"),
    ("3 dagen", "2027-05-04", "2027-05-10", "5 May and Ascension Day leave Friday alone: Monday"),
]
WEEKS = [
    # norm, start, due, why
    ("1 week", "2026-11-23", "2026-11-30", "the same weekday; one is singular"),
    ("6 weeks", "2026-11-23", "2027-01-04", "Monday: stays"),
    ("6 weken", "2026-11-23", "2027-01-04", "said in Dutch"),
    ("6 weeks", "2026-11-20", "2027-01-04", "New Year's Day on Friday moves to Monday"),
    ("6 weeks", "2026-11-13", "2026-12-28", "Christmas Day on Friday"),
    ("6 weeks", "2026-11-14", "2026-12-28", "second Christmas Day on Saturday"),
    ("10 weeks", "2027-02-16", "2027-04-28", "King's Day on Tuesday moves to Wednesday"),
    ("10 weeks", "2026-02-24", "2026-05-06", "5 May 2026 is no lustrum, and moves"),
    ("3 weeks", "2027-03-05", "2027-03-30", "Good Friday moves to the Tuesday after Easter"),
    ("3 weeks", "2027-03-08", "2027-03-30", "Easter Monday moves to Tuesday"),
    ("3 weeks", "2026-04-23", "2026-05-15", "Ascension Day moves to Friday"),
    ("2 weeks", "2027-05-03", "2027-05-18", "Whit Monday moves to Tuesday"),
    ("1 week", "2027-04-28", "2027-05-07", "5 May on Wednesday, then Ascension Day"),
    ("1 week", "2026-11-21", "2026-11-30", "an event on Saturday ends on Saturday and moves"),
]
MONTHS = [
    # norm, start, due, why
    ("3 months", "2026-11-23", "2027-02-23", "the same day number"),
    ("3 months", "2026-11-30", "2027-03-01", "no 30 February: Sunday the 28th, which moves"),
    ("1 month", "2027-01-31", "2027-03-01", "the same by one month"),
    ("1 month", "2028-01-31", "2028-02-29", "the last day of February in a leap year"),
    ("1 month", "2028-01-29", "2028-02-29", "the 29th exists in a leap year"),
    ("1 month", "2028-02-29", "2028-03-29", "from the last day, and still the same number"),
    ("3 months", "2027-11-30", "2028-02-29", "no 30 February in a leap year either"),
    ("12 months", "2028-02-29", "2029-02-28", "from a leap day into a common year"),
    ("1 month", "2026-08-31", "2026-09-30", "September has 30 days"),
    ("3 maanden", "2026-09-26", "2026-12-28", "second Christmas Day on Saturday; said in Dutch"),
    ("2 months", "2026-11-01", "2027-01-04", "New Year's Day, into another year"),
    ("3 months", "2027-01-27", "2027-04-28", "King's Day"),
    ("1 month", "2026-12-31", "2027-02-01", "Sunday 31 January moves into the next month"),
    ("13 months", "2026-11-23", "2027-12-23", "more than a year"),
]
SUSPENDED = [
    # norm, start, suspended, due, why
    (
        "5 working days",
        "2026-11-23",
        ["11-24/11-26"],
        "2026-12-02",
        "Tuesday and Wednesday stand still",
    ),
    ("5 working days", "2026-11-23", ["11-28/11-30"], "2026-11-30", "a weekend adds nothing to working days"),
    ("5 working days", "2026-11-23", ["12-01/12-15"], "2026-11-30", "after the end: nothing"),
    ("5 working days", "2026-11-23", ["11-20/11-24"], "2026-11-30", "up to the day of the event: nothing"),
    ("5 working days", "2026-11-23", ["11-20/11-25"], "2026-12-01", "from before the event: Tuesday counts"),
    (
        "5 working days",
        "2026-11-23",
        ["11-24/11-26", "11-25/11-27"],
        "2026-12-03",
        "Wednesday is in both, counts once",
    ),
    ("5 working days", "2026-12-21", ["12-24/12-29"], "2026-12-31", "over Christmas: the 24th and the 28th are added"),
    ("6 weeks", "2026-11-23", ["12-01/12-15"], "2027-01-18", "fourteen days"),
    ("6 weeks", "2026-11-23", ["12-30/2027-01-06"], "2027-01-11", "across the end, 4 January: all seven days"),
    ("6 weeks", "2026-11-23", ["2027-01-04/2027-01-05"], "2027-01-05", "the last day itself stands still"),
    ("6 weeks", "2026-11-23", ["2027-01-05/2027-01-12"], "2027-01-04", "from the day after the end: nothing"),
    ("10 days", "2026-11-23", ["11-24/11-25"], "2026-12-04", "half-open: one day"),
    ("10 days", "2026-11-18", ["11-30/12-05"], "2026-12-07", "cannot move onto a day that stands still"),
    ("3 days", "2026-11-23", ["11-24/11-25", "11-25/11-26"], "2026-11-30", "two that join up: Saturday, so Monday"),
    ("3 days", "2026-11-26", ["11-30/12-01"], "2026-12-01", "Friday and Tuesday are the two working days"),
    ("3 months", "2026-11-23", ["2027-02-01/2027-03-01"], "2027-03-23", "28 days from the 23rd of February"),
]
MEASURES = [
    # norm, start, due, why
    ("thv", "2026-11-18", "2026-11-28", "an order lapses on Saturday too"),
    ("thv", "2026-12-15", "2026-12-25", "and on Christmas Day"),
    ("thv-extended", "2026-11-21", "2026-12-19", "28 days from the day it was imposed, a Saturday"),
    ("wvggz-crisis-order", "2026-12-24", "2026-12-27", "nobody is held for want of two working days"),
    ("wvggz-continuation", "2026-12-04", "2026-12-28", "in weeks, so a term that moves: past Christmas and Sunday"),
]


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def periods(texts: list[str]) -> tuple[tuple[date, date], ...]:
    return tuple((day(first), day(after)) for first, after in (text.split("/") for text in texts))


@pytest.mark.parametrize(("norm", "start", "due", "why"), [*WORKING_DAYS, *DAYS, *WEEKS, *MONTHS])
def test_due(norm, start, due, why):
    assert term_end(parse_duration(norm), day(start)).due == day(due), why


@pytest.mark.parametrize(("norm", "start", "suspended", "due", "why"), SUSPENDED)
def test_due_when_it_stood_still(norm, start, suspended, due, why):
    assert term_end(parse_duration(norm), day(start), periods(suspended)).due == day(due), why


@pytest.mark.parametrize(("slug", "start", "due", "why"), MEASURES)
def test_the_end_of_a_measure(slug, start, due, why):
    norm = NORMS[slug]
    assert term_end(norm.duration, day(start), moves=norm.moves).due == day(due), why


OFF = reasons.OffDay
REASONS = [
    # norm, start, suspended, moves, reasons, why
    ("1 working day", "2026-11-26", [], True, [], "nothing happened"),
    (
        "5 working days",
        "2027-04-20",
        [],
        True,
        [
            reasons.Skipped(
                (
                    OFF(date(2027, 4, 24), DayOff.SATURDAY),
                    OFF(date(2027, 4, 25), DayOff.SUNDAY),
                    OFF(date(2027, 4, 27), DayOff.KINGS_DAY),
                )
            )
        ],
        "each day with why it was skipped",
    ),
    (
        "3 days",
        "2026-12-24",
        [],
        True,
        [reasons.Moved((OFF(date(2026, 12, 27), DayOff.SUNDAY),)), reasons.TwoWorkingDays(date(2026, 12, 28))],
        "moved, and then held one working day",
    ),
    (
        "3 months",
        "2026-11-30",
        [],
        True,
        [reasons.EndOfMonth(30), reasons.Moved((OFF(date(2027, 2, 28), DayOff.SUNDAY),))],
        "no 30 February",
    ),
    (
        "10 days",
        "2026-12-15",
        [],
        False,
        [reasons.NotMoved(OFF(date(2026, 12, 25), DayOff.CHRISTMAS_DAY))],
        "says that it stays",
    ),
    ("10 days", "2026-11-23", ["11-24/11-25"], True, [reasons.DaysStoodStill(1)], "one day"),
    ("10 days", "2026-11-23", ["12-24/12-25"], True, [reasons.DaysStoodStill(0)], "says that it changed nothing"),
    (
        "5 working days",
        "2026-11-23",
        ["11-26/11-30"],
        True,
        [
            reasons.Skipped((OFF(date(2026, 11, 28), DayOff.SATURDAY), OFF(date(2026, 11, 29), DayOff.SUNDAY))),
            reasons.DaysStoodStill(2),
        ],
        "of four days two would have counted",
    ),
]


@pytest.mark.parametrize(("norm", "start", "suspended", "moves", "expected", "why"), REASONS)
def test_reasons(norm, start, suspended, moves, expected, why):
    found = term_end(parse_duration(norm), day(start), periods(suspended), moves=moves)
    assert list(found.reasons) == expected, why


@pytest.mark.parametrize(
    ("norm", "start", "why"),
    [
        ("1 day", "2019-12-31", "starts before it"),
        ("1 day", "2038-01-01", "starts after it"),
        ("1 working day", "2037-12-31", "ends just after it"),
        ("999999 weeks", "2026-11-23", "further than dates go"),
        ("999999 days", "2026-11-23", "far after it"),
        ("999999 months", "2026-11-23", "further than dates go"),
        ("999999 working days", "2026-11-23", "walked to the end"),
    ],
)
def test_beyond_the_calendar(norm, start, why):
    with pytest.raises(BeyondCalendar):
        term_end(parse_duration(norm), day(start))


@pytest.mark.parametrize("year", range(FIRST_DAY.year, LAST_DAY.year + 1))
def test_working_days_are_those_of_the_law(year):
    days = [date(year, 1, 1) + n * DAY for n in range(365)]
    assert [each for each in days if day_off(each) is None] == [each for each in days if naive.is_working_day(each)]


def test_every_holiday_of_the_calendar_has_a_name_or_is_a_sunday():
    days = [FIRST_DAY + n * DAY for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    unnamed = {each for each in days if holidays_on(each, BY_THE_LAW) - NAMED.keys()}
    assert {each.weekday() for each in unnamed} == {6}


starts = st.dates(date(2020, 1, 1), date(2030, 12, 31))
durations = st.one_of(
    st.builds(Duration, st.integers(1, 60), st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS])),
    st.builds(Duration, st.integers(1, 30), st.just(Unit.WEEKS)),
    st.builds(Duration, st.integers(1, 14), st.just(Unit.MONTHS)),
)
# Before, across and after the term, and often across each other.
relative = st.lists(st.tuples(st.integers(-20, 120), st.integers(1, 40)), max_size=3)


def laid_out(start: date, spans: list[tuple[int, int]]) -> tuple[tuple[date, date], ...]:
    return tuple((start + first * DAY, start + (first + length) * DAY) for first, length in spans)


@settings(max_examples=500)
@given(durations, starts, relative, st.booleans())
def test_as_a_naive_reading_of_the_law(duration, start, spans, moves):
    suspended = laid_out(start, spans)
    expected = naive.due(duration, start, suspended, moves=moves)
    assert term_end(duration, start, suspended, moves=moves).due == expected


@given(durations, starts, st.integers(1, 40), st.booleans())
def test_a_later_start_is_never_due_earlier(duration, start, later, moves):
    first, second = (term_end(duration, each, moves=moves).due for each in (start, start + later * DAY))
    assert second >= first


@given(durations.filter(lambda each: each.unit is not Unit.MONTHS), starts, st.integers(1, 40), relative)
def test_nor_when_it_stood_still(duration, start, later, spans):
    """Not for months: a month that ends on its last day is shorter for who starts on the 31st."""
    suspended = laid_out(start, spans)
    first, second = (term_end(duration, each, suspended).due for each in (start, start + later * DAY))
    assert second >= first


@given(durations, starts, relative)
def test_what_moves_ends_on_a_working_day_on_which_it_runs(duration, start, spans):
    suspended = laid_out(start, spans)
    due = term_end(duration, start, suspended).due
    assert naive.is_working_day(due)
    assert not any(first <= due < after for first, after in suspended)


@given(durations, starts, relative, st.tuples(st.integers(-20, 120), st.integers(1, 40)), st.booleans())
def test_another_suspension_never_makes_it_earlier(duration, start, spans, one_more, moves):
    fewer, more = laid_out(start, spans), laid_out(start, [*spans, one_more])
    assert term_end(duration, start, more, moves=moves).due >= term_end(duration, start, fewer, moves=moves).due


@given(durations, starts, relative)
def test_moving_never_makes_it_earlier(duration, start, spans):
    suspended = laid_out(start, spans)
    assert term_end(duration, start, suspended).due >= term_end(duration, start, suspended, moves=False).due


@given(st.integers(3, 60), starts)
def test_three_days_or_more_hold_two_working_days(amount, start):
    due = term_end(Duration(amount, Unit.DAYS), start).due
    assert sum(naive.is_working_day(start + n * DAY) for n in range(1, (due - start).days + 1)) >= 2
