"""What would other agreements have answered? Past decisions of a region against a draft, counted.

Only counts and decision numbers leave this module: no birth dates, no ages but in bands, no text, no cases.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from partners.models import DirectoryRevision, Municipality, Region

from .core import NO_PROVIDER, Facts, InvalidDocument, Table, Unknown, age_on, compile_table
from .core.across import own_client_lines, with_lines_of
from .core.learn import AGE_BANDS
from .core.replay import Outcome, Past, Replayed, replay_all
from .errors import RulesDoNotFit
from .models import Decision, RuleSet
from .proofs import read_draft

EXAMPLES = 5
UNKNOWN = "unknown"
RECORDED = "recorded"
DIMENSIONS = ("municipality", "category", "hour", "age")


@dataclass(frozen=True, slots=True)
class Draft:
    """Agreements to try out: the table to use for a decision made with a directory revision."""

    name: str
    table_for: Callable[[int], Table]


@dataclass(slots=True)
class Change:
    """Organisation slugs, or `recorded`, `undetermined`, `refused`; `examples`: the numbers of the latest decisions."""

    before: str
    after: str
    count: int = 0
    examples: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Share:
    """How many decisions of one municipality, category, hour or age band, and how many would change."""

    value: str
    total: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What would change. Of that, `undetermined` would leave several possible, `refused` are facts the draft calls
    impossible; what was undetermined already and stays so is no change.
    """

    total: int
    changed: int
    undetermined: int
    refused: int
    changes: list[Change]
    shares: dict[str, list[Share]]


def draft_of_package(region: Region, directory: Path) -> Draft:
    """A region package: its rules with its own directory. Raises DraftMistakes."""
    listed, rules = read_draft(region.slug, directory, timezone.now())
    table = compile_table(_with_neighbours(listed, region), rules)
    return Draft(table.agreement.version, lambda _revision: table)


def draft_of_rule_set(rule_set: RuleSet) -> Draft:
    """A rule set with the directory that each decision was made with, so that only the rules make a difference.

    Where the rules name a service that the directory of the time did not have, the present directory is used.
    """
    newest = DirectoryRevision.objects.filter(region=rule_set.region, valid_from__lte=timezone.now())
    newest_id = newest.order_by("valid_from", "id").values_list("pk", flat=True).last()

    @cache
    def table_for(revision_id: int) -> Table:
        for each in (revision_id, newest_id):
            with suppress(InvalidDocument):
                return compile_table(_directory(each, rule_set.region), rule_set.document)
        raise RulesDoNotFit(rule_set.version)

    return Draft(rule_set.version, table_for)


def _directory(revision_id: int | None, region: Region) -> Mapping[str, Any]:
    document = DirectoryRevision.objects.values_list("document", flat=True).get(pk=revision_id)
    return _with_neighbours(document, region)


def _with_neighbours(directory: Mapping[str, Any], region: Region) -> Mapping[str, Any]:
    """A directory with the lines for own clients that other regions have: people are treated elsewhere too."""
    own, lines = own_client_lines(directory), {}
    others = DirectoryRevision.objects.exclude(region=region).filter(valid_from__lte=timezone.now())
    for other in others.order_by("region_id", "-valid_from", "-id").distinct("region_id"):
        lines = own_client_lines(other.document) | lines
    return with_lines_of(directory, [line for provider, line in lines.items() if provider not in own])


def replay_decisions(region: Region, draft: Draft, since: date | None = None, until: date | None = None) -> Report:
    """What would change for the decisions of these days, the last one included."""
    zone = ZoneInfo(region.timezone)
    merged = dict(Municipality.objects.filter(successor__isnull=False).values_list("code", "successor__code"))
    count = _Count(zone)
    for revision_id, rows in _by_directory(region, since, until).items():
        table = draft.table_for(revision_id)
        past = [_past(row, table, merged) for row in rows]
        for row, replayed in zip(rows, replay_all(table, past), strict=True):
            count.add(row, replayed)
    return count.report()


# --- Reading what was decided ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    moment: datetime
    facts: Facts
    refused: frozenset[str]
    before: str


def _by_directory(region: Region, since: date | None, until: date | None) -> dict[int, list[_Row]]:
    rows: dict[int, list[_Row]] = defaultdict(list)
    fields = (
        "directory_revision",
        "pk",
        "moment",
        "facts",
        "refused",
        "outcome__organisation",
        "outcome__undetermined",
    )
    found = _decisions(region, since, until).order_by("-pk").values_list(*fields)
    for revision_id, pk, moment, facts, refused, organisation, undetermined in found.iterator():
        before = Outcome.UNDETERMINED if undetermined else organisation or RECORDED
        rows[revision_id].append(_Row(pk, moment, Facts.from_document(facts), frozenset(refused), before))
    return rows


def _decisions(region: Region, since: date | None, until: date | None):
    zone = ZoneInfo(region.timezone)
    decisions = Decision.objects.filter(region=region)
    if since:
        decisions = decisions.filter(moment__gte=datetime.combine(since, time(), zone))
    if until:
        decisions = decisions.filter(moment__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return decisions


def _past(row: _Row, table: Table, merged: Mapping[object, str]) -> Past:
    """As an answer reads it: a provider that no region lists is nobody's own, a merged place is what it became."""
    facts, place = row.facts, row.facts.municipality
    if not isinstance(facts.provider, Unknown) and facts.provider not in table.provider:
        facts = replace(facts, provider=NO_PROVIDER)
    while place not in table.municipality and place in merged:
        place = merged[place]
    return Past(replace(facts, municipality=place), int(row.moment.timestamp()), row.refused)


# --- Counting ------------------------------------------------------------------------------------


class _Count:
    """Adds up one decision after another; the newest come first and are the examples."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.changes: dict[tuple[str, str], Change] = {}
        self.shares: dict[str, dict[str, Share]] = {dimension: {} for dimension in DIMENSIONS}
        self.total = 0

    def add(self, row: _Row, replayed: Replayed) -> None:
        after = (replayed.organisation or RECORDED) if replayed.outcome is Outcome.DECIDED else str(replayed.outcome)
        changed = after != row.before
        self.total += 1
        if changed:
            change = self.changes.setdefault((row.before, after), Change(row.before, after))
            change.count += 1
            change.examples += [row.pk] if len(change.examples) < EXAMPLES else []
        for dimension, value in self._places(row):
            share = self.shares[dimension].setdefault(value, Share(value))
            share.total += 1
            share.changed += changed

    def _places(self, row: _Row) -> Iterator[tuple[str, str]]:
        local = row.moment.astimezone(self.zone)
        yield "municipality", _known(row.facts.municipality)
        yield "category", _known(row.facts.category)
        yield "hour", f"{local:%H}"
        yield "age", _age_band(row.facts, local.date())

    def report(self) -> Report:
        changes = sorted(self.changes.values(), key=lambda each: (-each.count, each.before, each.after))
        return Report(
            total=self.total,
            changed=sum(each.count for each in changes),
            undetermined=_number(changes, Outcome.UNDETERMINED),
            refused=_number(changes, Outcome.REFUSED),
            changes=changes,
            shares={name: sorted(values.values(), key=lambda each: each.value) for name, values in self.shares.items()},
        )


def _number(changes: list[Change], outcome: Outcome) -> int:
    return sum(each.count for each in changes if each.after == outcome)


def _known(value: str | Unknown) -> str:
    return UNKNOWN if isinstance(value, Unknown) else value


def _age_band(facts: Facts, day: date) -> str:
    age = facts.age if facts.born is None else age_on(facts.born, day)
    bands = (f"{first}-{last}" for first, last in AGE_BANDS if not isinstance(age, Unknown) and first <= age <= last)
    return next(bands, UNKNOWN)
