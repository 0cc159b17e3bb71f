"""The rule sets of a region: which one held, holds and will hold; drafts, proofs and what was waived.

A published agreement is for everybody who looks up who is responsible; a draft for those who work on it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from accounts.policies import Actor
from partners.models import Region
from routing.models import RuleSet, StoredProof, Waiver


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


def rule_sets(actor: Actor, region: Region, moment: datetime | None = None) -> list[Listed]:
    """Drafts first, then planned, in force and superseded, newest first."""
    raise NotImplementedError


def rule_set_for(actor: Actor, pk: int) -> RuleSet | None:
    """One that the actor may see."""
    raise NotImplementedError


def phase_of(rule_set: RuleSet, moment: datetime | None = None) -> Phase:
    raise NotImplementedError


def rule_set_at(region: Region, moment: datetime) -> RuleSet | None:
    """The published rules that hold, held or will hold at a moment."""
    raise NotImplementedError


def planned(region: Region, moment: datetime | None = None) -> QuerySet[RuleSet]:
    """Published, and still to begin; the first first."""
    raise NotImplementedError


def current_proof(rule_set: RuleSet) -> StoredProof | None:
    """The proof of these very rules with the directory as it is now; None when either changed since."""
    raise NotImplementedError


def open_waivers(region: Region, moment: datetime | None = None) -> QuerySet[Waiver]:
    """Gaps and conflicts that were let through and are not over: oldest first."""
    raise NotImplementedError
