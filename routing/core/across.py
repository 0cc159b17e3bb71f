"""Across regions: one municipality and category leads to one organisation, whichever region is asked.

The region depends on the domain, so two agreements may name the same place. What they say of it is compared as the
proof of one agreement is made: by equivalence classes, here of both tables at once, so nothing is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .decide import winner
from .facts import CATEGORIES, FLAGS, NO_PROVIDER, OLDEST, Facts
from .rules import Document
from .table import Table

IMPOSSIBLE: Final = "(impossible)"
NUMBERS: Final = ("phone", "backup_phone")

Pair = tuple[Table, Table]
Masks = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts and an instant for which two regions name different organisations (by region; None: recorded only)."""

    facts: dict[str, tuple[object, ...]]
    outcomes: dict[str, str | None]
    example: int


@dataclass(frozen=True, slots=True)
class DifferentNumbers:
    """A service that regions list with different numbers: at least one of them is wrong."""

    service: str
    kind: str
    numbers: dict[str, str]


def shared_cells(first: Table, second: Table) -> list[tuple[str, str]]:
    """The municipalities and categories that both agreements name."""
    places = sorted({str(code) for code in first.municipality} & {str(code) for code in second.municipality})
    cells = ((place, category) for place in places for category in CATEGORIES)
    return [cell for cell in cells if first.names(*cell) and second.names(*cell)]


def disagreements(first: Table, second: Table, start: int, end: int) -> tuple[Disagreement, ...]:
    """Where two tables answer differently in [start, end) (epoch seconds): one example per cell and ages.

    Each must know the own-client lines of the other (`with_lines_of`), as it does when it is asked.
    """
    pair = (first, second)
    moments = _moments(pair, start, end)
    cells = shared_cells(first, second)
    return tuple(found for place, category in cells for found in _in_cell(pair, place, category, moments))


def unnamed(tables: Iterable[Table], municipalities: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Per municipality the categories that no agreement names; those that are named entirely are left out."""
    tables = tuple(tables)
    missing = {
        place: tuple(category for category in CATEGORIES if not any(table.names(place, category) for table in tables))
        for place in municipalities
    }
    return {place: categories for place, categories in missing.items() if categories}


def different_numbers(directories: Iterable[Document]) -> tuple[DifferentNumbers, ...]:
    listed: dict[tuple[str, str], dict[str, str]] = {}
    for directory in directories:
        for service in directory["services"]:
            for kind in NUMBERS:
                if service[kind]:
                    listed.setdefault((service["slug"], kind), {})[directory["region"]] = service[kind]["number"]
    return tuple(
        DifferentNumbers(service, kind, numbers)
        for (service, kind), numbers in sorted(listed.items())
        if len(set(numbers.values())) > 1
    )


# --- Own clients across the region ------------------------------------------------------------


def own_client_lines(directory: Document) -> dict[str, Mapping[str, Any]]:
    """The service that answers an organisation's own clients, by organisation."""
    return {each["organisation"]: each for each in directory["services"] if each["own_client_line"]}


def with_lines_of(directory: Document, lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The directory with these own-client lines besides its own: who is treated elsewhere keeps the own provider."""
    own = own_client_lines(directory)
    lent = {line["slug"]: line for line in lines if line["organisation"] not in own}
    services = [{**each, "own_client_line": True} if each["slug"] in lent else each for each in directory["services"]]
    listed = {each["slug"] for each in services}
    return {**directory, "services": [*services, *(line for slug, line in lent.items() if slug not in listed)]}


# --- Both tables at once -------------------------------------------------------------------------


def _in_cell(pair: Pair, place: str, category: str, moments: list[int]) -> Iterator[Disagreement]:
    told: set[tuple[int, ...]] = set()
    for masks, (facts, ages) in _people(pair, place, category).items():
        for moment in moments:
            if ages in told:
                break
            outcomes = {
                table.agreement.region: _outcome(table, mask, facts, moment)
                for table, mask in zip(pair, masks, strict=True)
            }
            if len(set(outcomes.values())) > 1:
                told.add(ages)
                yield Disagreement(_told(facts, ages), outcomes, moment)


def _outcome(table: Table, mask: int, facts: Facts, moment: int) -> str | None:
    return IMPOSSIBLE if mask & table.impossible_bits else winner(table, facts, moment)[0]


def _people(pair: Pair, place: str, category: str) -> dict[Masks, tuple[Facts, tuple[int, ...]]]:
    """Somebody, and the ages they can have, for each pair of masks that the facts of this cell can have.

    The most ordinary person comes first: no flag set, no provider.
    """
    people: dict[Masks, tuple[Facts, tuple[int, ...]]] = {}
    classes = _ages(pair, place, category)
    for number in range(1 << len(FLAGS)):
        flags = {flag: bool(number >> bit & 1) for bit, flag in enumerate(FLAGS)}
        for provider in _providers(pair):
            first, second = (table.flags[number] & table.provider[provider] for table in pair)
            for here, ages in classes.items():
                masks = here[0] & first, here[1] & second
                if masks not in people:
                    people[masks] = Facts(category, ages[0], None, place, provider=provider, **flags), ages
    return people


def _ages(pair: Pair, place: str, category: str) -> dict[Masks, tuple[int, ...]]:
    """What category, place and age allow in both tables, each with the ages for which it is so."""
    ages: dict[Masks, tuple[int, ...]] = {}
    for age in range(OLDEST + 1):
        first, second = (
            table.category[category]
            & table.municipality[place]
            & table.age[age]
            & (table.rule_bits | table.impossible_bits)
            for table in pair
        )
        ages[first, second] = (*ages.get((first, second), ()), age)
    return ages


def _providers(pair: Pair) -> list[str]:
    both = {str(each) for each in pair[0].provider} & {str(each) for each in pair[1].provider}
    return [NO_PROVIDER, *sorted(both - {NO_PROVIDER})]


def _moments(pair: Pair, start: int, end: int) -> list[int]:
    """One instant for every combination of services being on in both regions that occurs in [start, end)."""
    instants = sorted({start, *(at for table in pair for at in table.bounds if start <= at < end)})
    return sorted({tuple(table.on_at(at) for table in pair): at for at in reversed(instants)}.values())


def _told(facts: Facts, ages: tuple[int, ...]) -> dict[str, tuple[object, ...]]:
    """The facts as people discuss them: what is ordinary is left unsaid."""
    told: dict[str, tuple[object, ...]] = {
        "category": (facts.category,),
        "municipality": (facts.municipality,),
        "age": ages,
    }
    if facts.provider:
        told["provider"] = (facts.provider,)
    return told | {flag: (True,) for flag in FLAGS if getattr(facts, flag)}
