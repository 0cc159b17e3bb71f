"""The life of a rule set: draft -> proven -> published from a moment, after which it never changes.

Any edit makes it a draft again. All functions raise PermissionDenied for who may not, or works in another region.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.policies import Actor
from partners.models import Region
from routing.models import RuleSet, StoredProof


def start_draft(actor: Actor, region: Region, based_on: RuleSet, version: str) -> RuleSet:
    """A draft that says what `based_on` says. Raises RulesInvalid (`version`) when the name is taken or cannot be."""
    raise NotImplementedError


def save_rule(
    actor: Actor, draft: RuleSet, rule_document: Mapping[str, Any], *, original_slug: str = "", seen_digest: str
) -> RuleSet:
    """Adds a rule, or replaces the one that was called `original_slug`; gives the draft as it is now.

    The rule as in a rules document; text as in a region package is understood too (`"age": "0-17"`, `"danger": "ja"`).
    `seen_digest` is the draft's digest when the form was shown. Raises RulesInvalid (field -> message), ChangedMeanwhile
    (`current` is the stored draft) or NotADraft.
    """
    raise NotImplementedError


def remove_rule(actor: Actor, draft: RuleSet, slug: str, *, seen_digest: str) -> RuleSet:
    """Raises RulesInvalid when the draft cannot do without, ChangedMeanwhile or NotADraft."""
    raise NotImplementedError


def discard_draft(actor: Actor, draft: RuleSet) -> None:
    """Removes a draft; its history stays. Raises NotADraft."""
    raise NotImplementedError


def prove_rule_set(actor: Actor | None, rule_set: RuleSet) -> StoredProof:
    """Proves the rules with the directory as it is now, for the next 24 months, and keeps what was found.

    A draft becomes proven, whatever was found: publishing judges. Raises RulesInvalid when the directory no longer fits
    the rules (`rules.SLUG.to`).
    """
    raise NotImplementedError


def publish(actor: Actor, draft: RuleSet, valid_from: datetime, waiver_reason: str = "") -> RuleSet:
    """Makes the rules hold from a moment, now at the earliest; the ones before are superseded when it has come.

    Raises NotProven when the rules or the directory changed since the proof; NotWatertight when the agreement is not,
    from that moment on, unless who may waive gives a reason: that waiver stays visible.
    """
    raise NotImplementedError
