"""The acceptance clock: how long a receiving organisation has to answer an offer, from urgency and service.

Shorter than the urgency itself, for once somebody has accepted the help still has to come [general knowledge: a region
agrees its own in its package].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

URGENCIES = ("U0", "U1", "U2", "U3", "U4", "U5")
ACCEPT_WITHIN: Mapping[str, int] = {"U0": 2, "U1": 5, "U2": 15, "U3": 30, "U4": 120, "U5": 240}
# An urgency that nobody gave is no reason to wait: it counts as within the hour.
WHEN_UNKNOWN = "U2"
EMERGENCY = "U0"
LONGEST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """When the receiver is reminded (never in an emergency: there silence alarms) and when the time is up."""

    remind_at: datetime | None
    due_at: datetime


def minutes_to_accept(urgency: str, agreed: Mapping[str, int], at_most: int | None) -> int:
    """What the region agreed for this urgency, or less where the service promised to be quicker."""
    known = urgency if urgency in URGENCIES else WHEN_UNKNOWN
    minutes = agreed.get(known, ACCEPT_WITHIN[known])
    return minutes if at_most is None else min(minutes, at_most)


def acceptance_clock(
    urgency: str,
    moment: datetime,
    *,
    by_phone: bool,
    never_descends: bool,
    agreed: Mapping[str, int],
    at_most: int | None,
) -> Clock | None:
    """None for who accepts by phone: there the sender is on the line. Silence of 112 or the duty lead always counts."""
    if never_descends:
        minutes = minutes_to_accept(EMERGENCY if by_phone else urgency, agreed, at_most)
        return Clock(None, moment + timedelta(minutes=minutes))
    if by_phone:
        return None
    allowed = timedelta(minutes=minutes_to_accept(urgency, agreed, at_most))
    return Clock(moment + allowed / 2, moment + allowed)


def danger_rank(urgency: str, *, emergency: bool) -> int:
    """What is swept, and shown, first: an emergency, then by urgency."""
    known = urgency if urgency in URGENCIES else WHEN_UNKNOWN
    return 0 if emergency else 1 + URGENCIES.index(known)


# --- How much is left of it, as a page shows it ----------------------------------------------------------------

# The last fifth: nearly over.
NEARLY = 5


class TimeLeft(StrEnum):
    PLENTY = "plenty"
    HALF_GONE = "half"
    NEARLY_OVER = "nearly"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Stages:
    """When half of the time is gone, when it is nearly over, and when it is over."""

    half_at: datetime
    nearly_at: datetime
    due_at: datetime

    def at(self, moment: datetime) -> TimeLeft:
        if moment >= self.due_at:
            return TimeLeft.OVER
        if moment >= self.nearly_at:
            return TimeLeft.NEARLY_OVER
        return TimeLeft.HALF_GONE if moment >= self.half_at else TimeLeft.PLENTY


def stages(offered_at: datetime, due_at: datetime) -> Stages:
    whole = max(due_at - offered_at, timedelta())
    return Stages(due_at - whole / 2, due_at - whole / NEARLY, due_at)
