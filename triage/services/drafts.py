"""A call in progress: started, saved on every change, and ended when it turns out to be no report."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from triage import policies
from triage.assessment import assess
from triage.choices import NoReportReason
from triage.errors import DraftEnded, InvalidChoice, StaleDraft
from triage.models import Contact, Draft
from triage.selectors import contact_of_draft

from .contacts import create_contact


@transaction.atomic
def start_draft(actor: Actor) -> Draft:
    actor.must(Permission.LOG_CONTACT)
    now = timezone.now()
    draft = Draft.objects.create(owner=actor.user, region_id=actor.region_id, started_at=now, saved_at=now)
    log_access(actor, event="draft.started", action="C", record=draft, rule="own_call")
    return draft


@transaction.atomic
def save_draft(actor: Actor, pk: UUID, answers: Mapping[str, str], revision: int) -> Draft:
    """Keeps what was typed, valid or not. A save that was overtaken by a later one is refused, unless it repeats it."""
    draft = locked_draft(actor, pk)
    if draft.ended_at is not None:
        raise DraftEnded
    typed = {name: text for name, text in answers.items() if text}
    if revision <= draft.revision:
        if typed == draft.answers:
            return draft
        raise StaleDraft
    draft.answers = typed
    draft.revision = revision
    draft.saved_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def end_as_no_report(actor: Actor, pk: UUID, reason: str) -> Contact:
    """Wrong number, joke, silence: counted, never routed. What was typed stays with it."""
    draft = locked_draft(actor, pk)
    if draft.ended_at is not None:
        existing = contact_of_draft(draft)
        if existing is None:
            raise DraftEnded
        return existing
    if reason not in NoReportReason.values:
        raise InvalidChoice("reason", _("Kies waarom dit geen melding is."))
    assessment = assess(draft.region, draft.answers, timezone.now())
    contact = create_contact(actor, draft, assessment, outcome=Contact.Outcome.NO_REPORT, reason=reason)
    end_draft(draft)
    log_access(actor, event="contact.no_report", action="C", record=contact, rule="own_call")
    return contact


def locked_draft(actor: Actor, pk: UUID) -> Draft:
    """The actor's own draft, until the transaction ends nobody else's to change. Another's does not exist."""
    actor.must(Permission.LOG_CONTACT)
    drafts = policies.own_drafts(actor).select_for_update(of=("self",)).select_related("region")
    draft = drafts.filter(pk=pk).first()
    if draft is None:
        raise Http404
    return draft


def end_draft(draft: Draft) -> None:
    """The contact keeps what was typed; a second copy would outlive its retention period."""
    draft.ended_at = timezone.now()
    draft.answers = {}
    draft.save()
