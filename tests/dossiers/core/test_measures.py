"""The dates of a measure: which must come first, and what a change of them tells the clocks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import NORMS
from dossiers.core.measures import AFTER, DATES, EVENTS, Misplaced, Moved, Order, misplaced, moved

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
DAYS = st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=3))
TEXTS = {"guardian": "J.", "start_team": "S.", "permanent_guardian": "V.", "end_reason": "x"}


def test_the_same_day_is_in_order():
    assert misplaced(dict.fromkeys(DATES, TODAY), TEXTS, TODAY) == {}


def test_the_first_thing_wrong_with_a_date_is_told():
    wrong = misplaced({"noticed_on": TODAY, "guardian_linked_on": YESTERDAY}, {}, TODAY)
    assert wrong == {
        "guardian_linked_on": Misplaced(Order.TOO_EARLY, "noticed_on"),
        "guardian": Misplaced(Order.NEEDS_TEXT, "guardian_linked_on"),
    }


@given(st.fixed_dictionaries(dict.fromkeys(DATES, DAYS)))
def test_what_is_let_through_is_in_order(dates):
    if misplaced(dates, TEXTS, TODAY):
        return
    assert all(day is None or day <= TODAY for day in dates.values())
    for later, earlier in AFTER:
        assert dates[later] is None or (dates[earlier] is not None and dates[earlier] <= dates[later])


def test_a_slip_of_the_finger_in_the_year():
    assert misplaced({"noticed_on": date(206, 11, 24)}, {}, TODAY) == {"noticed_on": Misplaced(Order.LONG_AGO)}


def test_before_the_calendar_nothing_is_told():
    assert moved({}, {"noticed_on": date(2019, 12, 31)}) == []
    assert moved({"noticed_on": date(2019, 12, 31)}, {"noticed_on": TODAY}) == [Moved("measure_noticed", None, TODAY)]


def test_only_what_changed_is_told():
    before = {"noticed_on": YESTERDAY, "ruled_on": YESTERDAY}
    after = {"noticed_on": TODAY, "help_started_on": TODAY}
    assert moved(before, after) == [
        Moved("measure_noticed", YESTERDAY, TODAY),
        Moved("measure_ruled", YESTERDAY, None),
        Moved("help_started", None, TODAY),
    ]


def test_the_clocks_know_the_events_and_starts_come_first():
    order = [event for _date, event in EVENTS]
    ours = [norm for norm in NORMS.values() if norm.starts in order]
    assert {norm.ends for norm in ours} | {norm.starts for norm in ours} == set(order)
    assert all(order.index(norm.starts) < order.index(norm.ends) for norm in ours)
