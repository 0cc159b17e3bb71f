"""The rule sets of a region: which one held, holds and will hold; drafts, proofs and what was waived.

A published agreement is for everybody who looks up who is responsible; a draft for those who work on it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.policies import Actor
from partners.models import Region
from partners.selectors import revision_at
from routing import policies
from routing.models import RuleSet, StoredProof, Waiver

State = RuleSet.State


class Phase(StrEnum):
    """Where a rule set is in its life at a moment."""

    DRAFT = "draft"
    PROVEN = "proven"
    PLANNED = "planned"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule set with its phase; of a proven one `proof` says what was found (`proof.report`)."""

    rule_set: RuleSet
    phase: Phase
    proof: StoredProof | None


# The order in which people look for one.
SHOWN_FIRST = (Phase.DRAFT, Phase.PROVEN, Phase.PLANNED, Phase.IN_FORCE, Phase.SUPERSEDED)


def rule_sets(actor: Actor, region: Region, moment: datetime | None = None) -> list[Listed]:
    """Drafts first, then planned, in force and superseded, newest first."""
    moment = moment or timezone.now()
    held = rule_set_at(region, moment)
    visible = policies.visible_rule_sets(actor).filter(region=region)
    newest_first = visible.order_by("-valid_from", "-published_at", "-id")
    listed = [
        Listed(each, _phase(each, held, moment), current_proof(each) if each.state == State.PROVEN else None)
        for each in newest_first.select_related("region", "based_on", "published_by")
    ]
    return sorted(listed, key=lambda each: SHOWN_FIRST.index(each.phase))


def rule_set_for(actor: Actor, pk: int) -> RuleSet | None:
    """One that the actor may see."""
    return policies.visible_rule_sets(actor).select_related("region").filter(pk=pk).first()


def phase_of(rule_set: RuleSet, moment: datetime | None = None) -> Phase:
    moment = moment or timezone.now()
    return _phase(rule_set, rule_set_at(rule_set.region, moment), moment)


def _phase(rule_set: RuleSet, held: RuleSet | None, moment: datetime) -> Phase:
    if rule_set.state != State.PUBLISHED:
        return Phase(rule_set.state)
    if rule_set.valid_from > moment:
        return Phase.PLANNED
    return Phase.IN_FORCE if rule_set == held else Phase.SUPERSEDED


def rule_set_at(region: Region, moment: datetime) -> RuleSet | None:
    """The published rules that hold, held or will hold at a moment."""
    return _published(region).filter(valid_from__lte=moment).last()


def planned(region: Region, moment: datetime | None = None) -> QuerySet[RuleSet]:
    """Published, and still to begin; the first first."""
    return _published(region).filter(valid_from__gt=moment or timezone.now())


def _published(region: Region) -> QuerySet[RuleSet]:
    return region.rule_sets.filter(state=State.PUBLISHED).order_by("valid_from", "published_at", "id")


def current_proof(rule_set: RuleSet) -> StoredProof | None:
    """The proof of these very rules with the directory as it is now; None when either changed since."""
    revision = revision_at(rule_set.region, timezone.now())
    fitting = rule_set.proofs.filter(rules_digest=rule_set.digest, directory_revision=revision)
    return fitting.select_related("directory_revision", "made_by").last()


def open_waivers(region: Region, moment: datetime | None = None) -> QuerySet[Waiver]:
    """Gaps and conflicts that were let through and are not over: oldest first."""
    moment = moment or timezone.now()
    held = rule_set_at(region, moment)
    holds = Q(rule_set=held) | Q(rule_set__in=planned(region, moment))
    lasts = Q(ends_at__isnull=True) | Q(ends_at__gt=moment)
    waivers = Waiver.objects.filter(holds, lasts, settled_at__isnull=True)
    return waivers.select_related("rule_set", "service", "made_by").order_by("made_at", "id")
