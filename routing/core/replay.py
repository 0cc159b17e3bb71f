"""Past decisions against another table: what would it have answered? A million at once, with the same masks.

Where all facts are known, the facts are codes that mean the same for every table. Per fact a table knows few distinct
masks, and few of their combinations occur, so each combination that does is ANDed once and the decisions look it up.
What is left (unknown facts, a service that had refused) is asked of `decide`, one by one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from .decide import MomentOutOfRange, Undetermined, decide, winning_number
from .facts import CATEGORIES, OLDEST, Facts, ImpossibleFacts, InvalidFact, Unknown, age_on
from .hours import answered
from .table import Table

Codes = NDArray[Any]

IMPOSSIBLE: Final = -1
SWITCHES: Final = -1
SLOT: Final = 1800


@dataclass(frozen=True, slots=True)
class Past:
    """A decision once made: its facts, its moment (epoch seconds) and the services that had refused (slugs)."""

    facts: Facts
    moment: int
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Coded:
    """Decisions whose facts are all known, a code per fact. Places and providers are numbers of the names given."""

    category: Codes
    age: Codes
    municipality: Codes
    flags: Codes
    provider: Codes
    moment: Codes
    municipalities: tuple[str, ...]
    providers: tuple[str, ...]


class Outcome(StrEnum):
    DECIDED = "decided"
    UNDETERMINED = "undetermined"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a table says of one decision. Without organisation: recorded and not routed, or not decided."""

    outcome: Outcome
    organisation: str | None = None
    rule: str = ""


def replay(table: Table, coded: Coded) -> NDArray[np.int32]:
    """Per decision the number of the line (in `table.lines`) that wins, or IMPOSSIBLE.

    Raises InvalidFact when a provider among the names is not one of the table's, as `decide` does.
    """
    if strange := set(coded.providers) - set(table.provider):
        raise InvalidFact("provider", min(strange))
    bits = table.rule_bits | table.impossible_bits
    problem = _joined(
        (coded.provider, [table.provider[each] & bits for each in coded.providers]),
        (coded.category, [table.category[each] for each in CATEGORIES]),
        (coded.flags, [table.flags[each] for each in range(len(table.flags))]),
    )
    person = _joined(
        (coded.municipality, [table.municipality[each] & bits for each in coded.municipalities]),
        (coded.age, [table.age[each] for each in range(OLDEST + 1)]),
    )
    matched = _both(_both(problem, person), _alive(table, coded.moment))
    winning = [IMPOSSIBLE if each & table.impossible_bits else winning_number(table, each) for each in matched.masks]
    return np.array(winning, np.int32).take(matched.codes)


def replay_all(table: Table, past: Sequence[Past]) -> list[Replayed]:
    """What a table says of each decision, in the same order; known facts together, the others one by one."""
    zone = ZoneInfo(table.agreement.timezone)
    ages = {n: age for n, each in enumerate(past) if (age := _age_if_complete(table, each, zone)) is not None}
    lines = [Replayed(Outcome.DECIDED, line.organisation, line.rule.name) for line in table.lines]
    lines.append(Replayed(Outcome.REFUSED))  # where IMPOSSIBLE points
    together = replay(table, encode([past[n] for n in ages], ages.values())) if ages else ()
    found = {n: lines[line] for n, line in zip(ages, together, strict=True)}
    return [found[n] if n in found else _one(table, each) for n, each in enumerate(past)]


def encode(past: Sequence[Past], ages: Iterable[int]) -> Coded:
    """The codes of decisions whose facts are all known, with the age on the day of each."""
    municipality, municipalities = _numbered(each.facts.municipality for each in past)
    provider, providers = _numbered(each.facts.provider for each in past)
    return Coded(
        category=np.array([CATEGORIES.index(str(each.facts.category)) for each in past], np.uint8),
        age=np.array(list(ages), np.uint8),
        municipality=municipality,
        flags=np.array([each.facts.flags for each in past], np.uint8),
        provider=provider,
        moment=np.array([each.moment for each in past], np.int64),
        municipalities=municipalities,
        providers=providers,
    )


def _numbered(names: Iterable[str | Unknown]) -> tuple[Codes, tuple[str, ...]]:
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(str(name), len(numbers)) for name in names]
    return np.array(codes, np.uint16), tuple(numbers)


def _age_if_complete(table: Table, each: Past, zone: ZoneInfo) -> int | None:
    """The age on the day, or None where `decide` has to look at this decision by itself."""
    facts = each.facts
    first, last = answered(table.agreement.timezone)
    known = not isinstance(facts.category, Unknown) and not isinstance(facts.municipality, Unknown)
    if each.refused or facts.flags < 0 or not known or facts.provider not in table.provider:
        return None
    if not first <= each.moment < last:
        return None
    if facts.born is None:
        return None if isinstance(facts.age, Unknown) else facts.age
    age = age_on(facts.born, datetime.fromtimestamp(each.moment, zone).date())
    return age if age in table.age else None


def _one(table: Table, each: Past) -> Replayed:
    try:
        decision = decide(table, each.facts, each.moment, each.refused)
    except (ImpossibleFacts, InvalidFact, MomentOutOfRange):
        return Replayed(Outcome.REFUSED)
    if isinstance(decision, Undetermined):
        return Replayed(Outcome.UNDETERMINED)
    return Replayed(Outcome.DECIDED, decision.organisation, decision.rule)


# --- Masks that many decisions share ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Matched:
    """Distinct masks, and per decision which of them is its own."""

    masks: list[int]
    codes: Codes


def _joined(*facts: tuple[Codes, list[int]]) -> _Matched:
    """What facts with few values allow together: every combination, and the few distinct masks of these."""
    joined: Codes = np.zeros(len(facts[0][0]), np.int32)
    combined = [-1]
    for codes, masks in facts:
        joined = joined * np.int32(len(masks)) + codes
        combined = [each & mask for each in combined for mask in masks]
    numbers: dict[int, int] = {}
    of_value = np.array([numbers.setdefault(mask, len(numbers)) for mask in combined], np.int32)
    return _Matched(list(numbers), of_value.take(joined))


def _both(left: _Matched, right: _Matched) -> _Matched:
    """What both allow: the pairs that occur are ANDed once."""
    width = len(right.masks)
    pairs = left.codes * np.int32(width) + right.codes
    occurs = np.zeros(len(left.masks) * width, bool)
    occurs[pairs] = True
    occurring = np.flatnonzero(occurs)
    numbers: dict[int, int] = {}
    of_pair = np.empty(len(occurs), np.int32)
    of_pair[occurring] = [
        numbers.setdefault(left.masks[pair // width] & right.masks[pair % width], len(numbers))
        for pair in occurring.tolist()
    ]
    return _Matched(list(numbers), of_pair.take(pairs))


def _alive(table: Table, moments: Codes) -> _Matched:
    """The lines that count at each moment: by its half hour, by its second only where something switches within it."""
    bounds, of_bound = _stretches(table)
    first, last = table.answered
    slots = (last - first) // SLOT
    begins = np.minimum(-((first - bounds) // SLOT), slots)
    of_slot = np.repeat(of_bound, np.diff(begins, append=slots))
    within = (bounds - first)[(bounds - first) % SLOT != 0] // SLOT
    of_slot[within[within < slots]] = SWITCHES
    codes = of_slot.take((moments - first) // SLOT)
    exact = np.flatnonzero(codes == SWITCHES)
    codes[exact] = of_bound[np.searchsorted(bounds, moments[exact], "right") - 1]
    return _Matched([alive for _regime, alive, _starts in table.regimes], codes)


def _stretches(table: Table) -> tuple[Codes, Codes]:
    """When another regime begins, in order, and which of the table's regimes it is."""
    starts = [np.array(instants, np.int64) for _regime, _alive, instants in table.regimes]
    regimes = np.repeat(np.arange(len(starts), dtype=np.int32), [len(each) for each in starts])
    bounds = np.concatenate(starts)
    order = np.argsort(bounds, kind="stable")
    return bounds[order], regimes[order]
