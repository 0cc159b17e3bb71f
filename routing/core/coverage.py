"""The proof that an agreement leaves no gap: every fact, every minute, by equivalence classes instead of one by one.

Two values of a fact that allow the same rules are one class, and so are all moments at which the same services
are on. Every combination of classes is looked at, so the proof is exact; what is wrong comes back as the
smallest readable cells with an example moment.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from .decide import conflict_in
from .facts import CATEGORIES, FLAGS, NO_PROVIDER, OLDEST
from .hours import DAY_MINUTES
from .rules import Document
from .table import Table

DIMENSIONS: Final = ("category", "municipality", "age", "provider", *FLAGS)

# The facts of the tiers above the agreement, as they are for most callers.
ORDINARY: Final = {
    "danger": False,
    "provider": NO_PROVIDER,
    "related": False,
    "dissatisfied": False,
    "new_crisis": False,
}


@dataclass(frozen=True, slots=True)
class Class:
    """Values of one fact between which no rule distinguishes."""

    values: tuple[object, ...]
    mask: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Facts and hours in which something is wrong. A fact that does not matter is left out of `facts`.

    `spans` are the exact half-open stretches (epoch seconds). For people: `weekly` (weekday, opens, closes) in
    minutes of wall-clock time in an ordinary week, `dates` other days on which it is wrong, and `example`, an
    instant inside. `rules` are the names that contradict.
    """

    facts: dict[str, tuple[object, ...]]
    spans: tuple[tuple[int, int], ...]
    weekly: tuple[tuple[int, int, int], ...]
    dates: tuple[date, ...]
    example: int
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof found. `gaps` are of the agreement alone: only the safety net answers, or (`unanswered`) nobody.

    `cells` counts the combinations of classes that were looked at; `impossible` the reasons left out of it.
    """

    gaps: tuple[Cell, ...]
    unanswered: tuple[Cell, ...]
    conflicts: tuple[Cell, ...]
    dead_rules: tuple[str, ...]
    without_number: tuple[str, ...]
    without_hours: tuple[str, ...]
    impossible: tuple[str, ...]
    cells: int

    @property
    def holds(self) -> bool:
        return not (self.gaps or self.unanswered or self.conflicts)


def prove(table: Table, start: int, end: int) -> Proof:
    """Looks at all facts at every moment of [start, end) (epoch seconds)."""
    regimes = _regimes(table, start, end)
    dimensions = {name: _classes(table, name) for name in DIMENSIONS}
    masks = _all_masks(table, dimensions)
    find = _Search(table, dimensions, regimes, start, end)
    return Proof(
        gaps=find.cells(lambda matched: "gap" if _only_safety_net(table, matched) else None),
        unanswered=find.cells(lambda matched: "gap" if not matched & table.rule_bits else None),
        conflicts=find.cells(lambda matched: conflict_in(table, matched) or None),
        dead_rules=_dead_rules(table, masks, regimes),
        without_number=_without(table, lambda card, _hours: not card["phone"] and not card["no_number_because"]),
        without_hours=_without(table, lambda _card, never_open: never_open),
        impossible=tuple(each.because for each in table.agreement.impossible),
        cells=_size(dimensions) * len(regimes),
    )


def readable(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells as people discuss them: without the facts that belong to a higher tier.

    A gap at night is a gap for somebody in treatment elsewhere too; where the ordinary person (no danger, no
    provider, no complaint) meets the same, only that cell is told and the higher facts are left unsaid.
    """
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        key = repr(({name: cell.facts[name] for name in cell.facts if name not in ORDINARY}, cell.rules))
        groups.setdefault(key, []).append(cell)
    told: list[Cell] = []
    for group in groups.values():
        ordinary = [cell for cell in group if all(v in cell.facts.get(name, (v,)) for name, v in ORDINARY.items())]
        told += [
            replace(cell, facts={name: values for name, values in cell.facts.items() if name not in ORDINARY})
            for cell in ordinary
        ] or group
    return tuple(told)


def _only_safety_net(table: Table, matched: int) -> bool:
    rules = matched & table.rule_bits
    return bool(rules) and not rules & ~table.tier_bits["safety_net"]


def _without(table: Table, lacks: Callable[[Document, bool], bool]) -> tuple[str, ...]:
    used = dict.fromkeys(line.service for line in table.lines if line.service)
    return tuple(each.slug for each in used if lacks(each.card, each.hours.never_open and not each.never_off))


def _regimes(table: Table, start: int, end: int) -> dict[int, int]:
    """The regimes that occur in [start, end), each with the first instant it does."""
    found: dict[int, int] = {}
    for regime, _alive, starts in table.regimes:
        first = next((at for at in starts if start <= at < end), None)
        if first is not None:
            found[regime] = first
    return found | {table.on_at(start): start}


def _classes(table: Table, name: str) -> tuple[Class, ...]:
    by_mask: dict[int, list[object]] = {}
    for value in _values(table, name):
        by_mask.setdefault(_mask(table, name, value), []).append(value)
    return tuple(Class(tuple(values), mask) for mask, values in by_mask.items())


def _values(table: Table, name: str) -> tuple[object, ...]:
    if name == "category":
        return CATEGORIES
    if name == "age":
        return tuple(range(OLDEST + 1))
    if name == "provider":
        return tuple(table.provider)
    return tuple(table.municipality) if name == "municipality" else (False, True)


def _mask(table: Table, name: str, value: object) -> int:
    if name in FLAGS:
        return table.flag_mask(name, bool(value))
    masks: dict[object, int] = getattr(table, name)
    return masks[value]


def _size(dimensions: dict[str, tuple[Class, ...]]) -> int:
    total = 1
    for classes in dimensions.values():
        total *= len(classes)
    return total


def _all_masks(table: Table, dimensions: dict[str, tuple[Class, ...]]) -> frozenset[int]:
    """The distinct masks of all possible facts."""
    masks = frozenset({-1})
    for classes in dimensions.values():
        masks = frozenset(mask & each.mask for mask in masks for each in classes)
    return frozenset(mask for mask in masks if not mask & table.impossible_bits)


def _dead_rules(table: Table, masks: frozenset[int], regimes: dict[int, int]) -> tuple[str, ...]:
    """Rules that never win, whoever refuses; the safety net may sleep."""
    alive: set[int] = set()
    candidates = [number for number, line in enumerate(table.lines) if line.rule.tier != "safety_net"]
    for mask in masks:
        for number in candidates:
            if number not in alive and mask & table.bit(number) and _ever_wins(table, mask, number, regimes):
                alive.add(number)
    names = {line.rule.name for number, line in enumerate(table.lines) if number in alive}
    return tuple(name for name in dict.fromkeys(table.lines[n].rule.name for n in candidates) if name not in names)


def _ever_wins(table: Table, mask: int, number: int, regimes: dict[int, int]) -> bool:
    return any(_can_win(table, mask, number, regime) for regime in regimes)


def _can_win(table: Table, mask: int, number: int, regime: int) -> bool:
    """Whether a line wins when every other service that its facts lead to has refused."""
    line = table.lines[number]
    others = {each.service.slug for each in table.lines_in(mask & table.rule_bits) if each.service}
    others |= set(line.rule.after)
    others -= {line.service.slug} if line.service else set()
    rules = mask & table.alive(regime & ~table.off_bits(others)) & table.rule_bits
    return rules.bit_length() == table.bit(number).bit_length() and not rules & table.rivals[number]


class _Search:
    """Walks the combinations of classes, going down only where something wrong can still be found."""

    def __init__(
        self, table: Table, dimensions: dict[str, tuple[Class, ...]], regimes: dict[int, int], start: int, end: int
    ) -> None:
        self.table = table
        self.dimensions = list(dimensions.items())
        self.regimes = regimes
        self.calendar = Calendar(table.zone, stretches(table, start, end))

    def cells(self, wrong: Callable[[int], object]) -> tuple[Cell, ...]:
        """The smallest readable cells in which `wrong` (of the matched mask) says what; None is fine."""
        found: dict[tuple[object, frozenset[int]], list[tuple[Class, ...]]] = {}
        for combination, mask in self._walk(wrong):
            for problem, regimes in self._wrong_when(mask, wrong).items():
                found.setdefault((problem, regimes), []).append(combination)
        return tuple(
            self._cell(problem, regimes, box)
            for (problem, regimes), combinations in found.items()
            for box in self._boxes(combinations)
        )

    def _walk(self, wrong: Callable[[int], object]) -> Iterator[tuple[tuple[Class, ...], int]]:
        @cache
        def leads_to_wrong(level: int, mask: int) -> bool:
            if level == len(self.dimensions):
                return not mask & self.table.impossible_bits and bool(self._wrong_when(mask, wrong))
            return any(leads_to_wrong(level + 1, mask & each.mask) for each in self.dimensions[level][1])

        def go(level: int, mask: int, chosen: tuple[Class, ...]) -> Iterator[tuple[tuple[Class, ...], int]]:
            if level == len(self.dimensions):
                if self._in_scope(chosen):
                    yield chosen, mask
                return
            for each in self.dimensions[level][1]:
                if leads_to_wrong(level + 1, mask & each.mask):
                    yield from go(level + 1, mask & each.mask, (*chosen, each))

        return go(0, -1, ())

    def _in_scope(self, chosen: tuple[Class, ...]) -> bool:
        """A region answers for its own municipalities, and for the others only where its agreement names them."""
        category, places = chosen[0].values[0], chosen[1].values
        own = self.table.agreement.municipalities
        return any(place in own or self.table.names(str(place), str(category)) for place in places)

    def _wrong_when(self, mask: int, wrong: Callable[[int], object]) -> dict[object, frozenset[int]]:
        problems: dict[object, set[int]] = {}
        for regime in self.regimes:
            problem = wrong(mask & self.table.alive(regime))
            if problem is not None:
                problems.setdefault(problem, set()).add(regime)
        return {problem: frozenset(regimes) for problem, regimes in problems.items()}

    def _boxes(self, combinations: list[tuple[Class, ...]]) -> list[tuple[frozenset[Class], ...]]:
        """The same combinations as few boxes: per fact a set of classes, merged fact by fact."""
        boxes = [tuple(frozenset({each}) for each in combination) for combination in combinations]
        for n in reversed(range(len(self.dimensions))):
            groups: dict[tuple[tuple[frozenset[Class], ...], tuple[frozenset[Class], ...]], frozenset[Class]] = {}
            for box in boxes:
                rest = box[:n], box[n + 1 :]
                groups[rest] = groups.get(rest, frozenset()) | box[n]
            boxes = [(*before, merged, *behind) for (before, behind), merged in groups.items()]
        return boxes

    def _cell(self, problem: object, regimes: frozenset[int], box: tuple[frozenset[Class], ...]) -> Cell:
        facts: dict[str, tuple[object, ...]] = {}
        for (name, classes), chosen in zip(self.dimensions, box, strict=True):
            if len(chosen) < len(classes):
                facts[name] = tuple(value for each in classes if each in chosen for value in each.values)
        if "municipality" in facts:
            facts["municipality"] = self._places(facts)
        weekly, dates = self.calendar.week_of(regimes)
        rules = problem if isinstance(problem, tuple) else ()
        return Cell(facts, self.calendar.spans(regimes), weekly, dates, self.calendar.example(regimes), rules)

    def _places(self, facts: dict[str, tuple[object, ...]]) -> tuple[object, ...]:
        own = self.table.agreement.municipalities
        categories = facts.get("category", CATEGORIES)
        named = self.table.names
        return tuple(
            place
            for place in facts["municipality"]
            if place in own or any(named(str(place), str(category)) for category in categories)
        )


def stretches(table: Table, start: int, end: int) -> list[tuple[int, int, int]]:
    """[start, end) cut into stretches in which the same services are on, each with its regime."""
    ends = (*table.bounds[1:], end)
    return [
        (max(first, start), min(last, end), regime)
        for first, last, regime in zip(table.bounds, ends, table.regime_at, strict=True)
        if last > start and first < end
    ]


class Calendar:
    """Stretches of time by regime, and how people would say when they are."""

    def __init__(self, zone: ZoneInfo, stretches: Sequence[tuple[int, int, Hashable]]) -> None:
        self.zone = zone
        self.stretches = stretches

    def spans(self, regimes: Set[Hashable]) -> tuple[tuple[int, int], ...]:
        return tuple((first, last) for first, last, regime in self.stretches if regime in regimes)

    def example(self, regimes: Set[Hashable]) -> int:
        """A whole hour in the first stretch where there is one, else its first instant."""
        first, last = next((first, last) for first, last, regime in self.stretches if regime in regimes)
        middle = (first + last) // 2 // 3600 * 3600
        return middle if first <= middle < last and last - first <= 86400 else first

    def week_of(self, regimes: Set[Hashable]) -> tuple[tuple[tuple[int, int, int], ...], tuple[date, ...]]:
        """The stretches as an ordinary week, and the dates that deviate from it."""
        by_day: dict[date, list[tuple[int, int]]] = {}
        for first, last, regime in self.stretches:
            days = self._split(first, last)
            for day, opens, closes in days:
                pattern = by_day.setdefault(day, [])
                if regime in regimes:
                    pattern.append((opens, closes))
        patterns = {day: _joined(pattern) for day, pattern in by_day.items()}
        by_weekday: dict[int, Counter[tuple[tuple[int, int], ...]]] = {}
        for day, spans in patterns.items():
            by_weekday.setdefault(day.weekday(), Counter())[spans] += 1
        usual = {weekday: counted.most_common(1)[0][0] for weekday, counted in by_weekday.items()}
        weekly = tuple((weekday, *span) for weekday in sorted(usual) for span in usual[weekday])
        whole_days = list(patterns)[1:-1]
        return weekly, tuple(day for day in whole_days if patterns[day] != usual[day.weekday()] and patterns[day])

    def _split(self, first: int, last: int) -> Iterator[tuple[date, int, int]]:
        while first < last:
            here = datetime.fromtimestamp(first, self.zone)
            midnight = datetime.combine(here.date().fromordinal(here.toordinal() + 1), datetime.min.time(), self.zone)
            end = min(last, int(midnight.timestamp()))
            there = datetime.fromtimestamp(end, self.zone)
            opens = here.hour * 60 + here.minute
            closes = DAY_MINUTES if end == int(midnight.timestamp()) else there.hour * 60 + there.minute
            yield here.date(), opens, closes
            first = end


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if joined and joined[-1][1] >= opens:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)
