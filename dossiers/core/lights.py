"""The traffic light of one norm on one case."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

# A term is compared in dates and a clock in instants, never one with the other.
When = TypeVar("When", date, datetime)


class Light(StrEnum):
    GREEN = "green"  # groen: done
    YELLOW = "yellow"  # geel: in progress
    RED = "red"  # rood: stalled
    WHITE = "white"  # wit: not started


def light(*, started: bool, done_at: When | None, due: When, now: When, stalled: bool = False) -> Light:
    """What is overdue is red although nobody started: white would say that there is still time."""
    if done_at is not None and not _later(done_at, now):
        return Light.GREEN
    if stalled or _later(now, due):
        return Light.RED
    return Light.YELLOW if started else Light.WHITE


def _later(one: When, other: When) -> bool:
    # Within one zone Python compares wall times, in the hour that occurs twice the wrong way round.
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) > other.astimezone(UTC)
    return one > other
