"""What each kind of action is: of whom, how long at most, what it may follow and how it can turn out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from .clocks import day_of

ADULT: Final = 18
FIRST_YEAR: Final = 2020  # the calendar of the norms begins there


class Kind(StrEnum):
    DISPATCH = "dispatch"
    HOME_SUPPORT = "emergency_home_support"
    RESTRAINING_ORDER = "restraining_order"
    CRISIS_ORDER = "crisis_order"
    CONTINUATION = "crisis_continuation"
    CHILD_PROTECTION = "child_protection_urgent"


class Ending(StrEnum):
    """How it ended; what lapses on its day, time ends, and a continuation ends the order before it."""

    DONE = "done"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CONTINUED = "continued"
    MISTAKE = "mistake"


# What a person can choose; only what went as meant needs no explanation.
CHOSEN: Final = (Ending.DONE, Ending.WITHDRAWN, Ending.MISTAKE)
TO_EXPLAIN: Final = (Ending.WITHDRAWN, Ending.MISTAKE)


class Wrong(StrEnum):
    """What is the matter with an action as somebody filled it in."""

    PERSON_MISSING = "person_missing"
    NOT_AN_ADULT = "not_an_adult"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_THE_CALENDAR = "before_the_calendar"
    BEFORE_START = "before_start"
    BEFORE_LEAVING = "before_leaving"
    BEFORE_ARRIVAL = "before_arrival"
    LAST_DAY_TOO_LATE = "last_day_too_late"
    LAST_DAY_TOO_EARLY = "last_day_too_early"
    NO_EXTENSION = "no_extension"
    HAS_LAPSED = "has_lapsed"
    HAS_ENDED = "has_ended"
    NOT_LONGER = "not_longer"
    REASON_MISSING = "reason_missing"
    OUTCOME_MISSING = "outcome_missing"


@dataclass(frozen=True, slots=True)
class Rule:
    """`longest` and `extended` name the norms that say how long; without one it lasts until somebody ends it.

    `begins`, `extends` and `lapses` are the events that its clocks run by.
    """

    needs_person: bool = False
    adults_only: bool = False
    on_site: bool = False
    longest: str = ""
    extended: str = ""
    begins: str = ""
    extends: str = ""
    lapses: str = ""
    follows: Kind | None = None
    outcomes: tuple[str, ...] = ()


RULES: Final[Mapping[Kind, Rule]] = {
    Kind.DISPATCH: Rule(
        on_site=True,
        outcomes=("agreements_made", "placed_elsewhere", "admitted", "left_to_police", "nobody_there", "other"),
    ),
    Kind.HOME_SUPPORT: Rule(outcomes=("help_goes_on", "handed_over", "stopped_early", "other")),
    Kind.RESTRAINING_ORDER: Rule(
        needs_person=True,
        adults_only=True,
        longest="thv",
        extended="thv-extended",
        begins="thv_imposed",
        extends="thv_extended",
        lapses="thv_lapses",
    ),
    Kind.CRISIS_ORDER: Rule(
        needs_person=True,
        longest="wvggz-crisis-order",
        begins="crisis_order_imposed",
        lapses="crisis_order_lapses",
    ),
    Kind.CONTINUATION: Rule(
        needs_person=True,
        longest="wvggz-continuation",
        begins="continuation_ruled",
        lapses="continuation_lapses",
        follows=Kind.CRISIS_ORDER,
    ),
    Kind.CHILD_PROTECTION: Rule(
        needs_person=True,
        outcomes=("provisional_supervision", "provisional_guardianship", "investigation", "no_measure", "other"),
    ),
}


@dataclass(frozen=True, slots=True)
class Times:
    """When it began, and of a dispatch when they left, arrived and were back."""

    started_at: datetime
    left_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None


Found = dict[str, Wrong]


def wrong_times(times: Times, now: datetime) -> Found:
    """Per field; each moment is compared with the last one before it that is known."""
    found: Found = {}
    before, why = times.started_at, Wrong.BEFORE_START
    steps = (
        ("started_at", times.started_at, Wrong.BEFORE_START),
        ("left_at", times.left_at, Wrong.BEFORE_LEAVING),
        ("arrived_at", times.arrived_at, Wrong.BEFORE_ARRIVAL),
        ("ended_at", times.ended_at, Wrong.BEFORE_START),
    )
    for field, moment, next_why in steps:
        if moment is None:
            continue
        if moment > now:
            found[field] = Wrong.IN_THE_FUTURE
        elif moment < before:
            found[field] = why
        else:
            before, why = moment, next_why
    if day_of(times.started_at).year < FIRST_YEAR:
        found["started_at"] = Wrong.BEFORE_THE_CALENDAR
    return found


def wrong_person(kind: Kind, *, named: bool, born: date | None, started_at: datetime) -> Found:
    """An age that nobody knows stands in nobody's way."""
    rule = RULES[kind]
    if rule.needs_person and not named:
        return {"person": Wrong.PERSON_MISSING}
    if rule.adults_only and born is not None and not is_adult(born, day_of(started_at)):
        return {"person": Wrong.NOT_AN_ADULT}
    return {}


def is_adult(born: date, on: date) -> bool:
    """Whoever was born on 29 February comes of age on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= ADULT


def wrong_last_day(last_day: date, started_on: date, longest: date) -> Found:
    """An order may be shorter than the law allows, never longer."""
    if last_day > longest:
        return {"lapses_on": Wrong.LAST_DAY_TOO_LATE}
    return {"lapses_on": Wrong.LAST_DAY_TOO_EARLY} if last_day < started_on else {}


def wrong_extension(kind: Kind, *, now_until: date, until: date, longest: date, today: date, ended: bool) -> Found:
    """What lapsed cannot be extended: it has to be imposed anew."""
    if not RULES[kind].extended:
        return {"lapses_on": Wrong.NO_EXTENSION}
    if ended or today > now_until:
        return {"lapses_on": Wrong.HAS_ENDED if ended else Wrong.HAS_LAPSED}
    if until <= now_until:
        return {"lapses_on": Wrong.NOT_LONGER}
    return {"lapses_on": Wrong.LAST_DAY_TOO_LATE} if until > longest else {}


def wrong_ending(kind: Kind, ending: Ending, *, outcome: str, note: str) -> Found:
    found: Found = {}
    if ending in TO_EXPLAIN and not note.strip():
        found["end_note"] = Wrong.REASON_MISSING
    if ending is Ending.DONE and RULES[kind].outcomes and not outcome:
        found["outcome"] = Wrong.OUTCOME_MISSING
    if outcome == "other" and not note.strip():
        found["end_note"] = Wrong.REASON_MISSING
    return found
