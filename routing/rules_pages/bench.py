"""A rule set on the workbench: compiled with the directory of now or of another day, proven while somebody types."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.policies import Permission
from accounts.services import log_access
from partners.models import Region
from partners.selectors import directory_document
from routing import selectors
from routing.core import InvalidDocument, Table, compile_table, prove
from routing.models import RuleSet
from routing.proofs import two_years_on
from routing.proving import Finding

from .words import Names

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How watertight a table is: everything that is wrong, each with its `kind` and a `text` for people."""

    problems: list[dict[str, Any]]
    dead_rules: list[str]

    @property
    def holds(self) -> bool:
        return not self.problems

    def _of(self, *kinds: str) -> list[dict[str, Any]]:
        return [problem for problem in self.problems if problem["kind"] in kinds]

    @property
    def gaps(self) -> list[dict[str, Any]]:
        return self._of("gap")

    @property
    def conflicts(self) -> list[dict[str, Any]]:
        return self._of("conflict")

    @property
    def unreachable(self) -> list[dict[str, Any]]:
        return self._of("without_number", "without_hours")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the agreement: what it opens, what it solves, and what was wrong already."""

    after: Standing
    opened: list[dict[str, Any]]
    solved: list[dict[str, Any]]
    left: list[dict[str, Any]]
    dead_rules: list[str]


class Bench:
    """One rule set of the actor's region beside the directory that holds at `moment`."""

    def __init__(self, rule_set: RuleSet, moment: datetime | None = None) -> None:
        self.rule_set = rule_set
        self.region: Region = rule_set.region
        self.asked = moment
        self.moment = moment or timezone.now().replace(second=0, microsecond=0)

    @cached_property
    def directory(self) -> dict[str, Any]:
        """The directory of now or of the day asked for; where a service has gone since, the last one that fits."""
        revisions = self.region.revisions.filter(valid_from__lte=self.moment).order_by("-valid_from", "-id")
        documents = (revision.document for revision in revisions)
        for document in documents if self.asked else chain([directory_document(self.region)], documents):
            with suppress(InvalidDocument):
                compile_table(document, self.rule_set.document)
                return document
        raise Http404

    @cached_property
    def is_outdated(self) -> bool:
        """Whether these rules lead to services that the directory of now does not have."""
        return not self.asked and self.directory != directory_document(self.region)

    @cached_property
    def names(self) -> Names:
        return Names(self.directory)

    @cached_property
    def table(self) -> Table:
        return self.compiled(self.rule_set.document)

    @cached_property
    def finding(self) -> Finding:
        return self.proven(self.table)

    @cached_property
    def standing(self) -> Standing:
        return self._standing(self.finding)

    @property
    def period(self) -> tuple[int, int]:
        return int(self.moment.timestamp()), int(two_years_on(self.moment).timestamp())

    def compiled(self, rules: Document) -> Table:
        return compile_table(self.directory, rules)

    def proven(self, table: Table) -> Finding:
        return Finding(self.region.slug, table, prove(table, *self.period))

    def effect_of(self, rules: Document) -> Effect:
        """What these rules would change for this rule set. Raises InvalidDocument."""
        before, after = self.finding, self.proven(self.compiled(rules))
        opened, will = to_show(after.problems_since(before)), self._standing(after)
        told = {problem["text"] for problem in opened}
        return Effect(
            after=will,
            opened=opened,
            solved=before.problems_since(after),
            left=[problem for problem in will.problems if problem["text"] not in told],
            dead_rules=[name for name in will.dead_rules if name not in self.standing.dead_rules],
        )

    def _standing(self, finding: Finding) -> Standing:
        return Standing(to_show(finding.problems()), slugs_of(finding.proof.dead_rules))


def to_show(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each gap and conflict with one case inside it to try, and its rules by the names that an editor knows."""
    return [
        {**each, "query": case_query(each["facts"], each["example"]), "rules": slugs_of(each["rules"])}
        if "facts" in each
        else each
        for each in problems
    ]


def slugs_of(rules: Iterable[str]) -> list[str]:
    """The slugs in names such as `agreement/jeugd`."""
    return [name.partition("/")[2] for name in rules]


def case_query(facts: Document, at: str) -> str:
    """One case inside a cell, as the parameters of the page that tries a case."""
    given = {"at": at}
    for name, values in facts.items():
        if name == "age":
            given["age"] = str(values[0][0])
        elif name in ("category", "municipality"):
            given[name] = values[0]
        elif values[0] is True:
            given[name] = "true"
    return urlencode(given)


def with_rule(document: Document, rule: Document, original_slug: str) -> dict[str, Any]:
    """The rules document with one rule replaced, or added when there was none."""
    rules = [rule if each["slug"] == original_slug else each for each in document["rules"]]
    return {**document, "rules": rules if original_slug else [*rules, rule]}


def without_rule(document: Document, slug: str) -> dict[str, Any]:
    return {**document, "rules": [rule for rule in document["rules"] if rule["slug"] != slug]}


# --- Finding one for a page ----------------------------------------------------------------------


def region_of(request: HttpRequest) -> Region:
    return Region.objects.get(pk=request.actor.region_id)


def visible(request: HttpRequest, pk: int) -> RuleSet:
    """What an actor may not see does not exist for them; the attempt is logged."""
    request.actor.must(Permission.LOOK_UP)
    found = selectors.rule_set_for(request.actor, pk)
    if found is None:
        log_access(
            request.actor,
            event="rule_set.refused",
            action="R",
            record_type="ruleset",
            record_id=str(pk)[:60],
            outcome="refused",
        )
        raise Http404
    return found


def editable(request: HttpRequest, pk: int) -> RuleSet:
    request.actor.must(Permission.EDIT_RULES)
    return visible(request, pk)


def in_force(region: Region) -> RuleSet | None:
    return selectors.rule_set_at(region, timezone.now())
