"""The acceptance clock: how long somebody has to answer, and what goes first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core.clock import (
    ACCEPT_WITHIN,
    LONGEST_MINUTES,
    URGENCIES,
    acceptance_clock,
    danger_rank,
    minutes_to_accept,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

MINUTES = [
    ("U0", {}, None, 2, "life is at stake"),
    ("U1", {}, None, 5, "help within the quarter"),
    ("U2", {}, None, 15, "help within the hour"),
    ("U3", {}, None, 30, "help within hours"),
    ("U4", {}, None, 120, "help today"),
    ("U5", {}, None, 240, "it can wait for tomorrow"),
    ("", {}, None, 15, "not determined is no reason to wait"),
    ("U9", {}, None, 15, "an urgency of another question set is not known here"),
    ("U3", {"U3": 45}, None, 45, "the region agreed more"),
    ("U3", {"U2": 45}, None, 30, "what it agreed for another urgency says nothing of this one"),
    ("", {"U2": 10}, None, 10, "unknown counts as the region's U2"),
    ("U3", {}, 10, 10, "the service promised to be quicker"),
    ("U1", {}, 10, 5, "a promise never gives more time than the urgency"),
    ("U3", {"U3": 45}, 60, 45, "nor more than the region agreed"),
]


@pytest.mark.parametrize(("urgency", "agreed", "at_most", "minutes", "why"), MINUTES)
def test_minutes_to_accept(urgency, agreed, at_most, minutes, why):
    assert minutes_to_accept(urgency, agreed, at_most) == minutes, why


# urgency, by phone, never descends -> minutes to the reminder and to the end; None: no clock.
CLOCKS = [
    ("U2", False, False, (7.5, 15), "a desk is reminded halfway"),
    ("", False, False, (7.5, 15), "also when the urgency is not known"),
    ("U2", True, False, None, "by phone the sender is on the line"),
    ("U0", True, False, None, "however urgent"),
    ("U4", True, True, (None, 2), "112 by phone: the shortest clock, whatever the urgency says"),
    ("U2", False, True, (None, 15), "the duty lead at a desk has the time of the urgency; silence alarms"),
]


@pytest.mark.parametrize(("urgency", "by_phone", "never_descends", "expected", "why"), CLOCKS)
def test_acceptance_clock(urgency, by_phone, never_descends, expected, why):
    clock = _clock(urgency, by_phone=by_phone, never_descends=never_descends)
    found = None if clock is None else (_minutes(clock.remind_at), _minutes(clock.due_at))
    assert found == expected, why


RANKS = [
    ("U5", True, 0, "112 goes before everything, whatever the urgency says"),
    ("U0", False, 1, "then by urgency"),
    ("U1", False, 2, ""),
    ("U2", False, 3, ""),
    ("U3", False, 4, ""),
    ("U4", False, 5, ""),
    ("U5", False, 6, ""),
    ("", False, 3, "not determined counts as within the hour"),
    ("onbekend", False, 3, "as does what nobody knows"),
]


@pytest.mark.parametrize(("urgency", "emergency", "rank", "why"), RANKS)
def test_danger_rank(urgency, emergency, rank, why):
    assert danger_rank(urgency, emergency=emergency) == rank, why


# --- Laws ------------------------------------------------------------------------------------------

MINUTE_COUNTS = st.integers(1, LONGEST_MINUTES)
ANY_URGENCY = st.sampled_from([*URGENCIES, "", "U9"])
AGREED = st.dictionaries(st.sampled_from(URGENCIES), MINUTE_COUNTS)
PROMISES = st.none() | MINUTE_COUNTS


@given(ANY_URGENCY, AGREED, MINUTE_COUNTS)
def test_a_promise_never_lengthens(urgency, agreed, promise):
    minutes = minutes_to_accept(urgency, agreed, promise)
    assert minutes <= minutes_to_accept(urgency, agreed, None)
    assert minutes <= promise


@given(ANY_URGENCY, AGREED, PROMISES, st.booleans(), st.booleans())
def test_the_reminder_lies_between_offer_and_end(urgency, agreed, promise, by_phone, never_descends):
    clock = _clock(urgency, by_phone=by_phone, never_descends=never_descends, agreed=agreed, at_most=promise)
    if clock is None:
        assert by_phone
        assert not never_descends
        return
    assert clock.due_at > NOON
    assert (clock.remind_at is None) == never_descends
    assert clock.remind_at is None or NOON < clock.remind_at < clock.due_at


@given(st.sampled_from(URGENCIES), st.sampled_from(URGENCIES), PROMISES)
def test_more_urgent_never_has_more_time_nor_a_later_turn(one, other, promise):
    first, second = sorted((one, other))
    assert minutes_to_accept(first, ACCEPT_WITHIN, promise) <= minutes_to_accept(second, ACCEPT_WITHIN, promise)
    assert danger_rank(first, emergency=False) <= danger_rank(second, emergency=False)


def _clock(urgency, *, by_phone, never_descends, agreed=None, at_most=None):
    return acceptance_clock(
        urgency, NOON, by_phone=by_phone, never_descends=never_descends, agreed=agreed or {}, at_most=at_most
    )


def _minutes(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - NOON) / timedelta(minutes=1)
