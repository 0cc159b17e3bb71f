"""The coverage proof of a region as it is loaded, of a draft package, and across regions; as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from partners.models import Municipality, Region
from partners.package import open_package, read_directory

from .cells import cell_document
from .core import (
    CATEGORIES,
    NO_PROVIDER,
    OLDEST,
    Cell,
    Facts,
    ImpossibleFacts,
    Table,
    compile_table,
    decide,
    prove,
    readable,
)
from .package import read_rules
from .selectors import table_for

YEARS = 2


class DraftMistakes(Exception):
    """The draft cannot be read; each mistake says where and what."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(slots=True)
class Report:
    """What the proof found: of the agreement alone, and under `with_safety_net` what even the safety net leaves.

    `impossible` are the facts that the region declared impossible and that the proof therefore leaves out.
    """

    gaps: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    dead_rules: list[str] = field(default_factory=list)
    cells: int = 0
    with_safety_net: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"gaps": []})
    without_number: list[str] = field(default_factory=list)
    without_hours: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.gaps or self.conflicts or self.with_safety_net["gaps"])

    def add(self, other: "Report") -> None:
        for name in ("gaps", "conflicts", "dead_rules", "without_number", "without_hours", "impossible"):
            getattr(self, name).extend(getattr(other, name))
        self.with_safety_net["gaps"].extend(other.with_safety_net["gaps"])
        self.cells += other.cells


def prove_loaded(region_slug: str, moment: datetime) -> Report:
    return _report(region_slug, table_for(region_slug, moment).table, moment)


def prove_draft(region_slug: str, directory: Path, moment: datetime) -> Report:
    """Raises DraftMistakes when the package cannot be read, or is another region's."""
    reader = open_package(directory)
    package = read_directory(reader) if not reader.mistakes else None
    rules = read_rules(reader, package) if package and package.services else {}
    if reader.mistakes:
        raise DraftMistakes([str(mistake) for mistake in sorted(set(reader.mistakes))])
    if package.region.slug != region_slug:
        raise DraftMistakes([_("Dit pakket is van regio «%(slug)s».") % {"slug": package.region.slug}])
    return _report(region_slug, compile_table(package.document(moment.date()), rules), moment)


def prove_all(moment: datetime) -> Report:
    """Every region, and whether regions that name the same municipality and category name the same organisation."""
    tables = {slug: table_for(slug, moment).table for slug in Region.objects.values_list("slug", flat=True)}
    total = Report()
    for slug, table in tables.items():
        total.add(_report(slug, table, moment))
    for first, second in combinations(sorted(tables), 2):
        total.conflicts.extend(_disagreements({slug: tables[slug] for slug in (first, second)}, moment))
    return total


def _report(region_slug: str, table: Table, moment: datetime) -> Report:
    proof = prove(table, int(moment.timestamp()), _end(moment))
    places = dict(Municipality.objects.values_list("code", "name"))

    def told(cells: tuple[Cell, ...]) -> list[dict[str, Any]]:
        return [{"region": region_slug, **cell_document(cell, table, places)} for cell in readable(cells)]

    return Report(
        gaps=told(proof.gaps),
        conflicts=told(proof.conflicts),
        dead_rules=[*proof.dead_rules],
        cells=proof.cells,
        with_safety_net={"gaps": told(proof.unanswered)},
        without_number=[*proof.without_number],
        without_hours=[*proof.without_hours],
        impossible=[*proof.impossible],
    )


def _iso(instant: int, table: Table) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(table.agreement.timezone)).isoformat()


def _end(moment: datetime) -> int:
    last = moment.replace(day=28) if (moment.month, moment.day) == (2, 29) else moment
    return int(last.replace(year=last.year + YEARS).timestamp())


# --- Across regions --------------------------------------------------------------------------


def _disagreements(tables: dict[str, Table], moment: datetime) -> Iterator[dict[str, Any]]:
    """One example per municipality and category that two regions both name and answer differently."""
    first, second = tables.values()
    for municipality in sorted(
        {str(code) for code in first.municipality} & {str(code) for code in second.municipality}
    ):
        for category in CATEGORIES:
            if first.names(municipality, category) and second.names(municipality, category):
                yield from _first_disagreement(tables, municipality, category, moment)


def _first_disagreement(
    tables: dict[str, Table], municipality: str, category: str, moment: datetime
) -> Iterator[dict[str, Any]]:
    for instant in _different_moments([*tables.values()], int(moment.timestamp()), _end(moment)):
        for facts in _people(municipality, category):
            organisations = {slug: _organisation(table, facts, instant) for slug, table in tables.items()}
            if len(set(organisations.values())) > 1:
                yield {
                    "regions": organisations,
                    "facts": {"category": [category], "municipality": [municipality], "age": [facts.age]},
                    "example": _iso(instant, next(iter(tables.values()))),
                }
                return


def _people(municipality: str, category: str) -> Iterator[Facts]:
    for age in range(OLDEST + 1):
        for hospital in (False, True):
            yield Facts(
                category=category,
                age=age,
                municipality=municipality,
                danger=False,
                provider=NO_PROVIDER,
                hospital=hospital,
                suicidal=False,
                dissatisfied=False,
            )


def _different_moments(tables: list[Table], start: int, end: int) -> list[int]:
    """One instant for every combination of services being on that occurs in the period."""
    instants = sorted({start, *(at for table in tables for at in table.bounds if start <= at < end)})
    return [*{tuple(table.on_at(at) for table in tables): at for at in reversed(instants)}.values()]


def _organisation(table: Table, facts: Facts, instant: int) -> str | None:
    try:
        return decide(table, facts, instant).organisation
    except ImpossibleFacts:
        return None
