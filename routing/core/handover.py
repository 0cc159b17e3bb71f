"""The states of a handover: one table of who may do what, from which state to which, and whether a reason is needed."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """On whose behalf somebody acts."""

    RECEIVER = "receiver"
    SENDER = "sender"
    SENDER_BY_PHONE = "sender_by_phone"  # writes down what a service without a desk said on the phone
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Transition:
    action: str
    before: str
    after: str
    who: frozenset[Side]
    needs_reason: bool


def _row(action: str, before: str, after: str, who: set[Side], *, needs_reason: bool) -> Transition:
    return Transition(action, before, after, frozenset(who), needs_reason)


TRANSITIONS: tuple[Transition, ...] = (
    # action, from, to, who, and whether a reason is needed
    _row("accept", "offered", "accepted", {Side.RECEIVER, Side.SENDER_BY_PHONE}, needs_reason=False),
    _row("decline", "offered", "declined", {Side.RECEIVER, Side.SENDER_BY_PHONE}, needs_reason=True),
    _row("expire", "offered", "expired", {Side.CLOCK}, needs_reason=False),
    _row("withdraw", "offered", "withdrawn", {Side.SENDER}, needs_reason=True),
    _row("return", "accepted", "returned", {Side.RECEIVER}, needs_reason=True),
)


class TransitionRefused(Exception):
    """What was asked cannot happen to this handover."""


class WrongState(TransitionRefused):
    def __init__(self, action: str, state: str) -> None:
        super().__init__(f"{action} is not possible from {state}")
        self.action, self.state = action, state


class WrongSide(TransitionRefused):
    def __init__(self, action: str, side: Side) -> None:
        super().__init__(f"{action} is not for the {side}")
        self.action, self.side = action, side


class ReasonMissing(TransitionRefused):
    def __init__(self, action: str) -> None:
        super().__init__(f"{action} needs a reason")
        self.action = action


def next_state(state: str, action: str, side: Side, reason: str = "") -> str:
    """The state that follows; raises a TransitionRefused that says what stood in the way."""
    row = next((row for row in TRANSITIONS if row.action == action and row.before == state), None)
    if row is None:
        raise WrongState(action, state)
    if side not in row.who:
        raise WrongSide(action, side)
    if row.needs_reason and not reason:
        raise ReasonMissing(action)
    return row.after
