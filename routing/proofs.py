"""The coverage proof of a region as it is loaded, of a draft package, and across regions; as JSON."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from partners.models import Municipality, Region
from partners.package import open_package, read_directory
from partners.selectors import current_municipalities

from .cells import age_ranges, cell_document, facts_in_words
from .core import Cell, Proof, Table, across, compile_table, prove, readable
from .errors import NoRuleSet
from .package import read_rules
from .selectors import InForce, table_for

YEARS = 2


class DraftMistakes(Exception):
    """The draft cannot be read; each mistake says where and what."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(slots=True)
class Report:
    """What the proof found: of the agreement alone, and under `with_safety_net` what even the safety net leaves.

    Across regions a gap is a place that no region names, and a conflict has `regions`: what each of them answers.

    `impossible` are the facts that the region declared impossible and that the proof therefore leaves out.
    """

    gaps: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    dead_rules: list[str] = field(default_factory=list)
    cells: int = 0
    with_safety_net: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"gaps": []})
    without_number: list[str] = field(default_factory=list)
    without_hours: list[str] = field(default_factory=list)
    different_numbers: list[dict[str, Any]] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.gaps or self.conflicts or self.with_safety_net["gaps"] or self.different_numbers)

    def add(self, other: "Report") -> None:
        for name in ("gaps", "conflicts", "dead_rules", "without_number", "without_hours", "impossible"):
            getattr(self, name).extend(getattr(other, name))
        self.with_safety_net["gaps"].extend(other.with_safety_net["gaps"])
        self.cells += other.cells


def prove_loaded(region_slug: str, moment: datetime) -> Report:
    return _report(region_slug, table_for(region_slug, moment).table, _minute(moment))


def prove_draft(region_slug: str, directory: Path, moment: datetime) -> Report:
    """Also finds the places of the region that the draft forgot. Raises DraftMistakes when the package cannot be read,
    or is another region's."""
    table = compile_table(*read_draft(region_slug, directory, moment))
    report = _report(region_slug, table, _minute(moment))
    report.gaps.extend(forgotten(region_slug, table, _minute(moment)))
    return report


def forgotten(region_slug: str, table: Table, moment: datetime) -> list[dict[str, Any]]:
    """The places of a region, as it is loaded, that neither this table nor another region names."""
    return [*_unnamed([table, *_tables_beside(region_slug, moment)], moment, region__slug=region_slug)]


def _tables_beside(region_slug: str, moment: datetime) -> Iterator[Table]:
    """Of the other regions, as far as they have rules."""
    for slug in Region.objects.exclude(slug=region_slug).values_list("slug", flat=True):
        with suppress(NoRuleSet):
            yield table_for(slug, moment).table


def read_draft(region_slug: str, directory: Path, moment: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The directory document and the rules document of a region package. Raises DraftMistakes."""
    reader = open_package(directory)
    package = read_directory(reader) if not reader.mistakes else None
    rules = read_rules(reader, package) if package and package.services else {}
    if reader.mistakes:
        raise DraftMistakes([str(mistake) for mistake in sorted(set(reader.mistakes))])
    if package.region.slug != region_slug:
        raise DraftMistakes([_("Dit pakket is van regio «%(slug)s».") % {"slug": package.region.slug}])
    return package.document(moment.date()), rules


def prove_all(moment: datetime) -> Report:
    """Every region, and across them: whichever is asked names the same organisation, and no place is forgotten."""
    regions = [table_for(slug, moment) for slug in Region.objects.order_by("slug").values_list("slug", flat=True)]
    moment = _minute(moment)
    places = dict(Municipality.objects.values_list("code", "name"))
    total = Report()
    for held in regions:
        total.add(_report(held.region.slug, held.table, moment))
    for first, second in combinations(regions, 2):
        total.conflicts.extend(_disagreements(first, second, moment, places))
    total.gaps.extend(_unnamed((held.table for held in regions), moment))
    total.different_numbers.extend(map(asdict, across.different_numbers(held.directory for held in regions)))
    return total


def _minute(moment: datetime) -> datetime:
    """For the examples in a report. What holds is asked at the very moment: a change of this minute counts."""
    return moment.replace(second=0, microsecond=0)


def _report(region_slug: str, table: Table, moment: datetime) -> Report:
    return report_of(region_slug, table, prove(table, int(moment.timestamp()), _end(moment)))


def report_of(region_slug: str, table: Table, proof: Proof) -> Report:
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


def two_years_on(moment: datetime) -> datetime:
    last = moment.replace(day=28) if (moment.month, moment.day) == (2, 29) else moment
    return last.replace(year=last.year + YEARS)


def _end(moment: datetime) -> int:
    return int(two_years_on(moment).timestamp())


# --- Across regions --------------------------------------------------------------------------


def _disagreements(
    first: InForce, second: InForce, moment: datetime, places: dict[str, str]
) -> Iterator[dict[str, Any]]:
    if not across.shared_cells(first.table, second.table):
        return
    tables = _knowing(first, second), _knowing(second, first)
    for found in across.disagreements(*tables, int(moment.timestamp()), _end(moment)):
        example = _iso(found.example, tables[0])
        yield {**_across(found.facts, places), "regions": found.outcomes, "example": example}


def _knowing(held: InForce, other: InForce) -> Table:
    """The table with the other region's lines for own clients: so it answers when it is asked about one of them."""
    lines = across.own_client_lines(other.directory).values()
    return compile_table(across.with_lines_of(held.directory, lines), held.rule_set.document)


def _unnamed(tables: Iterable[Table], moment: datetime, **of: Any) -> Iterator[dict[str, Any]]:
    """The municipalities that exist now and that no region names for some category."""
    places = dict(current_municipalities(moment.date()).filter(**of).values_list("code", "name"))
    for code, categories in across.unnamed(tables, places).items():
        facts = {"category": categories, "municipality": (code,)}
        yield {**_across(facts, places), "regions": {}, "example": moment.isoformat()}


def _across(facts: dict[str, tuple[Any, ...]], places: dict[str, str]) -> dict[str, Any]:
    listed = {name: age_ranges(values) if name == "age" else list(values) for name, values in facts.items()}
    return {"text": ", ".join(facts_in_words(listed, places)), "facts": listed}


def _iso(instant: int, table: Table) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(table.agreement.timezone)).isoformat()
