"""The dates of a youth protection measure: which comes after which, and what each tells the clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from routing.core.hours import FIRST_DAY


class Order(StrEnum):
    FUTURE = "future"
    LONG_AGO = "long_ago"
    TOO_EARLY = "too_early"
    EARLIER_IS_MISSING = "earlier_is_missing"
    NEEDS_TEXT = "needs_text"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What is wrong with a date; `other` is the field it goes by."""

    why: Order
    other: str = ""


# Nobody who is a child now had a measure before; it is a slip of the finger in the year.
NOTHING_BEFORE: Final = date(2000, 1, 1)
DATES: Final = (
    "noticed_on",
    "ruled_on",
    "guardian_linked_on",
    "plan_supported_on",
    "help_started_on",
    "start_team_on",
    "handed_over_on",
    "ended_on",
)
# A date, and the one that must be there and not be later.
AFTER: Final = (
    ("guardian_linked_on", "noticed_on"),
    ("plan_supported_on", "ruled_on"),
    ("help_started_on", "ruled_on"),
    ("start_team_on", "noticed_on"),
    ("handed_over_on", "start_team_on"),
    ("ended_on", "noticed_on"),
)
# A date, and the text without which it says too little.
WITH: Final = (
    ("guardian_linked_on", "guardian"),
    ("start_team_on", "start_team"),
    ("handed_over_on", "permanent_guardian"),
    ("ended_on", "end_reason"),
)
# What starts a norm comes before what meets one.
EVENTS: Final = (
    ("noticed_on", "measure_noticed"),
    ("ruled_on", "measure_ruled"),
    ("guardian_linked_on", "guardian_linked"),
    ("plan_supported_on", "plan_supported"),
    ("help_started_on", "help_started"),
)


def misplaced(dates: Mapping[str, date | None], texts: Mapping[str, str], today: date) -> dict[str, Misplaced]:
    """By field what is wrong with it, the first that was found."""
    found: dict[str, Misplaced] = {}
    for name in DATES:
        given = dates.get(name)
        if given and given > today:
            found.setdefault(name, Misplaced(Order.FUTURE))
        if given and given < NOTHING_BEFORE:
            found.setdefault(name, Misplaced(Order.LONG_AGO))
    for later, earlier in AFTER:
        if wrong := _order(dates.get(later), dates.get(earlier), earlier):
            found.setdefault(later, wrong)
    for name, text in WITH:
        if dates.get(name) and not texts.get(text, "").strip():
            found.setdefault(text, Misplaced(Order.NEEDS_TEXT, name))
    return found


def _order(later: date | None, earlier: date | None, name: str) -> Misplaced | None:
    if later is None:
        return None
    if earlier is None:
        return Misplaced(Order.EARLIER_IS_MISSING, name)
    return Misplaced(Order.TOO_EARLY, name) if later < earlier else None


@dataclass(frozen=True, slots=True)
class Moved:
    """What the clocks must hear: an event that got its date, or another one, or lost it (`on` is None)."""

    event: str
    was: date | None
    on: date | None


def moved(before: Mapping[str, date | None], after: Mapping[str, date | None]) -> list[Moved]:
    """Days before the calendar of days off begins are older than the norms: the clocks do not hear of them."""
    changes = [Moved(event, _known(before.get(name)), _known(after.get(name))) for name, event in EVENTS]
    return [change for change in changes if change.was != change.on]


def _known(day: date | None) -> date | None:
    return day if day and day >= FIRST_DAY else None
