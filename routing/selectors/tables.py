"""Which compiled table holds at a moment: a region's rule set together with its directory revision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from partners.models import DirectoryRevision, Region
from routing.core import Table, compile_table
from routing.core.across import own_client_lines, with_lines_of
from routing.errors import NoRuleSet
from routing.models import RuleSet


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules and the directory of a region that hold at a moment; their documents are not read yet.

    A `lender` is a region whose directory has the line for own clients of `provider`, which this one does not list.
    """

    region: Region
    rule_set: RuleSet
    revision: DirectoryRevision
    lender: "InForce | None" = None
    provider: str = ""

    @property
    def table(self) -> Table:
        return _compiled(self.rule_set.pk, self.rule_set.digest, *self._directory_key)

    @property
    def directory(self) -> dict[str, Any]:
        return _directory(*self._directory_key)

    @property
    def _directory_key(self) -> tuple[int, str, int, str, str]:
        lent = (self.lender.revision.pk, self.lender.revision.digest) if self.lender else (0, "")
        return self.revision.pk, self.revision.digest, *lent, self.provider

    def lists(self, service_slug: str) -> Region:
        """The region whose directory lists a service of this table."""
        own = _directory(self.revision.pk, self.revision.digest)["services"]
        borrowed = self.lender is not None and all(service["slug"] != service_slug for service in own)
        return self.lender.region if borrowed else self.region


def table_for(region_slug: str, moment: datetime) -> InForce:
    """Raises NoRuleSet where the region had no rules, or no directory, at that moment."""
    published = RuleSet.objects.exclude(state=RuleSet.State.DRAFT)
    rule_set = _latest(published.select_related("region"), region_slug, moment, "published_at")
    revision = _latest(DirectoryRevision.objects.all(), region_slug, moment, "recorded_at")
    if rule_set is None or revision is None:
        raise NoRuleSet(region_slug)
    return InForce(rule_set.region, rule_set, revision)


def _latest(rows, region_slug: str, moment: datetime, made: str):
    """Of two from the same moment the one made last."""
    held = rows.filter(region__slug=region_slug, valid_from__lte=moment)
    return held.defer("document").order_by("valid_from", made, "id").last()


def planned_changes(regions: Iterable[Region], after: datetime, before: datetime) -> list[datetime]:
    """When another rule set or directory revision of these regions takes over, in order."""
    span = {"region__in": list(regions), "valid_from__gt": after, "valid_from__lt": before}
    rule_sets = RuleSet.objects.exclude(state=RuleSet.State.DRAFT).filter(**span)
    revisions = DirectoryRevision.objects.filter(**span)
    starts = {*rule_sets.values_list("valid_from", flat=True), *revisions.values_list("valid_from", flat=True)}
    return sorted(starts)


# Both rows never change once in force, so what is compiled from them holds for as long as the process lives. The
# digests are there for a database that is restored under a living process, where a number can come back.
@lru_cache(maxsize=64)
def _compiled(rule_set_id: int, _rules_digest: str, *directory_key: Any) -> Table:
    rules = RuleSet.objects.values_list("document", flat=True).get(pk=rule_set_id)
    return compile_table(_directory(*directory_key), rules)


@lru_cache(maxsize=64)
def _directory(
    revision_id: int, _digest: str, lender_id: int = 0, lender_digest: str = "", provider: str = ""
) -> dict[str, Any]:
    directory: dict[str, Any] = DirectoryRevision.objects.values_list("document", flat=True).get(pk=revision_id)
    if not lender_id:
        return directory
    return with_lines_of(directory, [own_client_lines(_directory(lender_id, lender_digest))[provider]])
