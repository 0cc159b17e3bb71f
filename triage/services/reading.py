"""Looking at a call or a contact is an event too: it is logged before anything is shown, and so is a refusal."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import AccessLogEntry
from accounts.policies import Actor
from accounts.services import log_access
from triage.models import Contact, Draft
from triage.selectors import contact_for, own_draft

# A page of a call is shown anew with every key that is pressed: that is one look.
ONE_LOOK = timedelta(hours=1)


def read_contact(actor: Actor, pk: int) -> Contact:
    """Raises Http404 for what is not there, or not for this actor."""
    try:
        contact = contact_for(actor, pk)
    except Http404:
        _refuse(actor, "contact", pk)
        raise
    log_access(actor, event="contact.read", action="R", record=contact, subject=_case(contact), rule="team")
    return contact


def read_draft(actor: Actor, pk: UUID) -> Draft:
    """The actor's own call in progress; raises Http404 for any other."""
    draft = draft_to_change(actor, pk)
    log_access(actor, event="draft.read", action="R", record=draft, rule="own_call")
    return draft


def draft_to_change(actor: Actor, pk: UUID) -> Draft:
    """The same for who types in it: what is typed in one's own call is no look at it."""
    try:
        return own_draft(actor, pk)
    except Http404:
        _refuse(actor, "draft", pk)
        raise


def list_drafts(actor: Actor, drafts: list[Draft]) -> None:
    """One event for the list: what stands in it was typed by this person."""
    if drafts:
        log_access(actor, event="draft.listed", action="R", record_type="draft", rule="own_call")


@transaction.atomic
def show_earlier(actor: Actor, contacts: Iterable[Contact]) -> None:
    """Earlier contacts that stand beside a call: each is an event, once as long as the call lasts."""
    found = {str(contact.pk): contact for contact in contacts}
    if not found:
        return
    since = timezone.now() - ONE_LOOK
    shown = AccessLogEntry.objects.filter(user=actor.user, event="contact.listed", at__gte=since)
    for pk in found.keys() - set(shown.filter(record_id__in=found).values_list("record_id", flat=True)):
        contact = found[pk]
        log_access(actor, event="contact.listed", action="R", record=contact, subject=_case(contact), rule="team")


def _case(contact: Contact) -> str:
    return str(contact.case_id or "")


def _refuse(actor: Actor, kind: str, pk: object) -> None:
    event = f"{kind}.refused"
    log_access(actor, event=event, action="R", record_type=kind, record_id=str(pk)[:60], outcome="refused")
