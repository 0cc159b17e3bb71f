"""The coverage grid: who answers whom, when, in as few rows and columns as say the same as every fact and minute.

The rows are the people (category, place, age, and the yes/no facts that the agreement asks about), the columns the
hours between which nothing changes for any row. It is about the ordinary caller of `coverage.ORDINARY`. Several tables
at once give one grid in which each square holds the outcome of each of them: that is how two agreements are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise, product
from typing import Final

from .coverage import ORDINARY, Calendar, stretches
from .decide import conflict_in, why_impossible
from .facts import CATEGORIES, FLAGS, NO_PROVIDER, OLDEST
from .table import Table

COVERED: Final = "covered"
GAP: Final = "gap"
CONFLICT: Final = "conflict"
UNANSWERED: Final = "unanswered"

Masks = tuple[int, ...]
Regimes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who answers. A conflict names its rules; in a gap the safety net answers, and with `unanswered` nobody does."""

    state: str
    service: str | None = None
    organisation: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Hours that are alike for everybody: as an ordinary week, dates that deviate from it, and an instant inside."""

    weekly: tuple[tuple[int, int, int], ...]
    dates: tuple[date, ...]
    example: int


@dataclass(frozen=True, slots=True)
class People:
    """Whom a row is about. Places are municipality codes; `flags` only those that make a difference here."""

    category: str
    places: tuple[str, ...]
    ages: tuple[int, int]
    flags: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Per band the outcome in each table; none at all where the facts cannot occur together (`impossible` says why)."""

    people: People
    squares: tuple[tuple[Outcome, ...], ...]
    impossible: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]


def grid(tables: tuple[Table, ...], start: int, end: int, municipality: str = "") -> Grid:
    """The grid over [start, end) (epoch seconds), of one municipality or of all that the agreement speaks of."""
    shared = _shared_stretches(tables, start, end)
    calendar = Calendar(tables[0].zone, shared)
    regimes = list(dict.fromkeys(regime for _first, _last, regime in shared))
    people = list(_people(tables, municipality))
    columns = {
        regime: tuple(_square(tables, masks, regime) for _whom, masks in people if not _impossible(tables, masks))
        for regime in regimes
    }
    alike: dict[object, set[Regimes]] = {}
    for regime, column in columns.items():
        alike.setdefault(column, set()).add(regime)
    bands = {Band(*calendar.week_of(group), calendar.example(group)): min(group) for group in alike.values()}
    in_order = sorted(bands, key=lambda band: (not band.weekly, band.weekly, band.dates))
    return Grid(
        bands=tuple(in_order),
        rows=tuple(_row(tables, whom, masks, [bands[band] for band in in_order]) for whom, masks in people),
    )


def _row(tables: tuple[Table, ...], whom: People, masks: Masks, regimes: list[Regimes]) -> Row:
    if reason := _impossible(tables, masks):
        return Row(whom, (), reason)
    return Row(whom, tuple(_square(tables, masks, regime) for regime in regimes))


def _square(tables: tuple[Table, ...], masks: Masks, regimes: Regimes) -> tuple[Outcome, ...]:
    return tuple(
        _outcome(table, mask & table.alive(regime)) for table, mask, regime in zip(tables, masks, regimes, strict=True)
    )


def _outcome(table: Table, matched: int) -> Outcome:
    rules = matched & table.rule_bits
    if not rules:
        return Outcome(UNANSWERED)
    contradicting = conflict_in(table, matched)
    net = rules & table.tier_bits["safety_net"]
    line = next(table.lines_in(net if contradicting and net else rules))
    state = CONFLICT if contradicting else GAP if line.rule.tier == "safety_net" else COVERED
    service = line.service.slug if line.service else None
    return Outcome(state, service, line.organisation, contradicting or (line.rule.name,))


def _impossible(tables: tuple[Table, ...], masks: Masks) -> str:
    """Why these facts cannot occur together, when that holds in every table."""
    reasons = []
    for table, mask in zip(tables, masks, strict=True):
        if not mask & table.impossible_bits:
            return ""
        reasons.append(why_impossible(table, mask))
    return reasons[0]


# --- The rows ----------------------------------------------------------------------------------


def _people(tables: tuple[Table, ...], municipality: str) -> Iterator[tuple[People, Masks]]:
    for category in CATEGORIES:
        for places in _alike_places(tables, category, municipality):
            asked = _asked(tables, category, places[0])
            for values in product((False, True), repeat=len(asked)):
                flags = dict(zip(asked, values, strict=True))
                for ages, masks in _age_bands(tables, category, places[0], flags):
                    yield People(category, places, ages, tuple(flags.items())), masks


def _alike_places(tables: tuple[Table, ...], category: str, municipality: str) -> list[tuple[str, ...]]:
    """The municipalities in groups for which this category is arranged in the same way."""
    groups: dict[Masks, list[str]] = {}
    for place in sorted({str(place) for table in tables for place in table.municipality}):
        in_scope = any(place in table.agreement.municipalities or table.names(place, category) for table in tables)
        if in_scope and municipality in ("", place):
            masks = tuple(table.municipality[place] & table.category[category] & _decisive(table) for table in tables)
            groups.setdefault(masks, []).append(place)
    return [tuple(places) for places in sorted(groups.values(), key=len, reverse=True)]


def _asked(tables: tuple[Table, ...], category: str, place: str) -> list[str]:
    """The yes/no facts that the agreement asks about and that make a difference for this category in this place."""
    named = {
        flag
        for table in tables
        for rule in table.agreement.rules
        if rule.tier == "agreement"
        for flag, _value in rule.when.flags
    }
    return [
        flag
        for flag in FLAGS
        if flag in named
        and list(_age_bands(tables, category, place, {flag: False}))
        != list(_age_bands(tables, category, place, {flag: True}))
    ]


def _age_bands(
    tables: tuple[Table, ...], category: str, place: str, flags: dict[str, bool]
) -> list[tuple[tuple[int, int], Masks]]:
    number = sum(1 << bit for bit, flag in enumerate(FLAGS) if flags.get(flag, ORDINARY.get(flag, False)))
    fixed = tuple(
        table.category[category]
        & table.municipality[place]
        & table.provider[NO_PROVIDER]
        & table.flags[number]
        & _decisive(table)
        for table in tables
    )

    def masks(age: int) -> Masks:
        return tuple(mask & table.age[age] for table, mask in zip(tables, fixed, strict=True))

    bands = []
    for found, ages in groupby(range(OLDEST + 1), masks):
        known = list(ages)
        bands.append(((known[0], known[-1]), found))
    return bands


def _decisive(table: Table) -> int:
    """Rules and impossibilities; what is done in addition does not change who answers."""
    return table.rule_bits | table.impossible_bits


# --- The columns ---------------------------------------------------------------------------------


def _shared_stretches(tables: tuple[Table, ...], start: int, end: int) -> list[tuple[int, int, Regimes]]:
    cuts = sorted(
        {each for table in tables for first, last, _regime in stretches(table, start, end) for each in (first, last)}
    )
    return [(first, last, tuple(table.on_at(first) for table in tables)) for first, last in pairwise(cuts)]
