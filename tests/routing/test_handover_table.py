"""The transition table of a handover, row by row."""

import pytest

from routing.core.handover import TRANSITIONS, ReasonMissing, Side, WrongSide, WrongState, next_state

STATES = ("offered", "accepted", "declined", "expired", "withdrawn", "returned")
ACTIONS = sorted({row.action for row in TRANSITIONS})

POSSIBLE = [
    # state, action, side, reason, after, why
    ("offered", "accept", Side.RECEIVER, "", "accepted", "the asked organisation takes it"),
    ("offered", "accept", Side.SENDER_BY_PHONE, "", "accepted", "taken on the phone, written down by the sender"),
    ("offered", "decline", Side.RECEIVER, "capacity", "declined", "a refusal says why"),
    ("offered", "decline", Side.SENDER_BY_PHONE, "no_answer", "declined", "nobody picked up"),
    ("offered", "expire", Side.CLOCK, "", "expired", "silence is an answer too"),
    ("offered", "withdraw", Side.SENDER, "solved", "withdrawn", "the sender takes it back"),
    ("accepted", "return", Side.RECEIVER, "treated", "returned", "handed back with feedback"),
]


@pytest.mark.parametrize(("state", "action", "side", "reason", "after"), [row[:5] for row in POSSIBLE])
def test_possible(state, action, side, reason, after):
    assert next_state(state, action, side, reason) == after


def test_every_row_of_the_table_is_shown_above():
    shown = {(state, action, side) for state, action, side, *_rest in POSSIBLE}
    assert shown == {(row.before, row.action, side) for row in TRANSITIONS for side in row.who}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_no_other_state_allows_it(state, action):
    if any(row.before == state and row.action == action for row in TRANSITIONS):
        return
    with pytest.raises(WrongState):
        next_state(state, action, Side.RECEIVER, "reason")


@pytest.mark.parametrize(
    ("action", "side"), [("accept", Side.SENDER), ("decline", Side.SENDER), ("withdraw", Side.RECEIVER)]
)
def test_the_other_side_may_not(action, side):
    with pytest.raises(WrongSide):
        next_state("offered", action, side, "reason")


def test_a_refusal_without_reason_is_none():
    with pytest.raises(ReasonMissing):
        next_state("offered", "decline", Side.RECEIVER)
