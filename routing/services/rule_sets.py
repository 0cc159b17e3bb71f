"""The life of a rule set: draft -> proven -> published from a moment, after which it never changes.

Any edit makes it a draft again. All functions raise PermissionDenied for who may not, or works in another region.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import DirectoryRevision, Region
from partners.package import digest
from partners.selectors import directory_package, revision_at
from routing import drafting
from routing.errors import ChangedMeanwhile, NoRuleSet, NotADraft, NotProven, NotWatertight, RulesInvalid
from routing.models import RuleSet, StoredProof, Waiver
from routing.policies import must_in
from routing.proofs import two_years_on
from routing.proving import Finding, find
from routing.selectors import current_proof

State = RuleSet.State
Document = dict[str, Any]

LONGEST_REASON = 200


@transaction.atomic
def start_draft(actor: Actor, region: Region, based_on: RuleSet, version: str) -> RuleSet:
    """A draft that says what `based_on` says. Raises RulesInvalid (`version`) when the name is taken or cannot be."""
    must_in(actor, Permission.EDIT_RULES, region)
    Region.objects.select_for_update().get(pk=region.pk)
    version = " ".join(version.split())
    errors = drafting.version_errors(version)
    if region.rule_sets.filter(version=version).exists():
        errors = {"version": f"versie `{version}` bestaat al; geef het concept een andere naam"}
    if errors:
        raise RulesInvalid(errors)
    document = {**based_on.document, "version": version}
    # A draft can be discarded; what is published stays to be compared with.
    origin = based_on if based_on.state == State.PUBLISHED else based_on.based_on
    draft = RuleSet(region=region, version=version, based_on=origin, document=document, digest=digest(document))
    return _save(actor, draft, "rule_set.draft_started", "C")


@transaction.atomic
def save_rule(
    actor: Actor, draft: RuleSet, rule_document: Mapping[str, Any], *, original_slug: str = "", seen_digest: str
) -> RuleSet:
    """Adds a rule, or replaces the one that was called `original_slug`; gives the draft as it is now.

    The rule as in a rules document; text as in a region package is understood too (`"age": "0-17"`, `"danger": "ja"`).
    `seen_digest` is the draft's digest when the form was shown. Raises RulesInvalid (field -> message), NotADraft or
    ChangedMeanwhile (`current` is the stored draft).
    """
    stored = _to_edit(actor, draft, seen_digest)
    directory = directory_package(stored.region)
    return _save_rules(actor, stored, *drafting.with_rule(stored.document, rule_document, original_slug, directory))


@transaction.atomic
def remove_rule(actor: Actor, draft: RuleSet, slug: str, *, seen_digest: str) -> RuleSet:
    """Raises RulesInvalid when the draft cannot do without, ChangedMeanwhile or NotADraft."""
    stored = _to_edit(actor, draft, seen_digest)
    return _save_rules(actor, stored, *drafting.without_rule(stored.document, slug, directory_package(stored.region)))


@transaction.atomic
def discard_draft(actor: Actor, draft: RuleSet) -> None:
    """Removes a draft; its history stays. Raises NotADraft."""
    stored = _locked_draft(actor, Permission.EDIT_RULES, draft)
    log_access(actor, event="rule_set.discarded", action="D", record=stored)
    stored.changed_by = actor.user
    stored.delete()


@transaction.atomic
def prove_rule_set(actor: Actor | None, rule_set: RuleSet) -> StoredProof:
    """Proves the rules with the directory as it is now, for the next 24 months, and keeps what was found.

    A draft becomes proven, whatever was found: publishing judges. Raises RulesInvalid when the directory no longer fits
    the rules (`rules.SLUG.to`).
    """
    if actor is not None:
        must_in(actor, Permission.PUBLISH_RULES, rule_set.region)
    stored = _locked(rule_set)
    start = timezone.localtime().replace(microsecond=0)
    _finding, proof = _prove(actor, stored, start)
    if stored.state == State.DRAFT:
        stored.state = State.PROVEN
        _save(actor, stored, "rule_set.proven", "E")
    return proof


@transaction.atomic
def publish(actor: Actor, draft: RuleSet, valid_from: datetime, waiver_reason: str = "") -> RuleSet:
    """Makes the rules hold from a moment, now at the earliest; the ones before are superseded when it has come.

    Raises NotProven when the rules or the directory changed since the proof; NotWatertight when the agreement is not,
    from that moment on, unless who may waive gives a reason: that waiver stays visible.
    """
    stored = _locked_draft(actor, Permission.PUBLISH_RULES, draft)
    if stored.state != State.PROVEN or current_proof(stored) is None:
        raise NotProven
    now = timezone.now()
    stored.valid_from = max(valid_from, now)
    day = stored.valid_from.astimezone(ZoneInfo(stored.region.timezone)).date()
    stored.document = {**stored.document, "valid_from": day.isoformat()}
    stored.digest = digest(stored.document)
    # The proof at hand looks ahead from when it was made; a planned set must hold for as long from its own beginning.
    finding, proof = _prove(actor, stored, stored.valid_from.replace(microsecond=0))
    with house_language():
        problems = finding.problems()
    refuse_unless_waived(actor, problems, waiver_reason)
    stored.state, stored.published_at, stored.published_by = State.PUBLISHED, now, actor.user
    _save(actor, stored, "rule_set.published", "E")
    if problems:
        waive(actor, stored, proof.directory_revision, problems, waiver_reason)
    return stored


def refuse_unless_waived(actor: Actor, problems: list[Document], reason: str) -> None:
    if len(reason.strip()) > LONGEST_REASON:
        raise RulesInvalid(
            {"waiver_reason": _("Houd de reden bij hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}}
        )
    may_waive = actor.may(Permission.WAIVE_GAPS)
    if problems and not (may_waive and reason.strip()):
        raise NotWatertight(problems, may_waive=may_waive)


def waive(
    actor: Actor, rule_set: RuleSet, revision: DirectoryRevision, problems: list[Document], reason: str, **whence: Any
) -> Waiver:
    waiver = Waiver.objects.create(
        rule_set=rule_set,
        directory_revision=revision,
        cells=problems,
        reason=reason.strip(),
        made_by=actor.user,
        **whence,
    )
    log_access(actor, event="gaps.waived", action="E", record=waiver)
    return waiver


# --- Drafts --------------------------------------------------------------------------------------


def _locked(rule_set: RuleSet) -> RuleSet:
    """Raises Http404 when somebody discarded it in the meantime."""
    return get_object_or_404(RuleSet.objects.select_for_update(of=("self",)).select_related("region"), pk=rule_set.pk)


def _locked_draft(actor: Actor, permission: Permission, draft: RuleSet) -> RuleSet:
    must_in(actor, permission, draft.region)
    # The region first, as everywhere: a change of its directory waits for us, and we for it.
    Region.objects.select_for_update().get(pk=draft.region_id)
    stored = _locked(draft)
    if stored.state == State.PUBLISHED:
        raise NotADraft
    return stored


def _to_edit(actor: Actor, draft: RuleSet, seen_digest: str) -> RuleSet:
    stored = _locked_draft(actor, Permission.EDIT_RULES, draft)
    if stored.digest != seen_digest:
        raise ChangedMeanwhile(stored)
    return stored


def _save_rules(actor: Actor, draft: RuleSet, document: Document, errors: dict[str, str]) -> RuleSet:
    if errors:
        raise RulesInvalid(errors)
    if document == draft.document:
        return draft
    draft.document, draft.digest, draft.state = document, digest(document), State.DRAFT
    return _save(actor, draft, "rule_set.edited", "U")


def _save(actor: Actor | None, rule_set: RuleSet, event: str, action: str) -> RuleSet:
    rule_set.changed_by = actor.user if actor else None
    rule_set.save()
    log_access(actor, event=event, action=action, record=rule_set)
    return rule_set


# --- Proofs --------------------------------------------------------------------------------------


def _prove(actor: Actor | None, rule_set: RuleSet, start: datetime) -> tuple[Finding, StoredProof]:
    if errors := drafting.check_rules(rule_set.document, directory_package(rule_set.region)):
        raise RulesInvalid(errors)
    revision = revision_at(rule_set.region, timezone.now())
    if revision is None:
        raise NoRuleSet(rule_set.region.slug)
    end = two_years_on(start)
    with house_language():
        finding = find(revision.document, rule_set.document, start, end)
        report = finding.report()
    proof = StoredProof.objects.create(
        rule_set=rule_set,
        rules_digest=rule_set.digest,
        directory_revision=revision,
        starts_at=start,
        ends_at=end,
        report=report,
        made_by=actor.user if actor else None,
    )
    return finding, proof
