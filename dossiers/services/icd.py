"""The crisis note from its end: completed, opened again, and on to the other team."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.errors import AlreadyOfOtherTeam, NotCompleted
from dossiers.models import IcdRecord, Outcome, Record, Stuck
from dossiers.policies import may_edit
from partners.models import Service
from routing.errors import InvalidEntry, ReasonRequired
from routing.models import Handover
from routing.policies import may_offer_again
from routing.services import offer_again

from .norms import note_event
from .records import editable, locked, save_merged, write
from .taking_over import record_of_other_team

# What ends on the clocks when a note is completed.
ENDS = ("crisis_process_closed", "intervention_ended")


@transaction.atomic
def complete_note(actor: Actor, record: IcdRecord, fields: Mapping[str, object], version: int) -> list[str]:
    """Saves and completes in one act; the fields that were put together with what others wrote meanwhile."""
    now = locked(actor, record, completed=True)
    if now.completed_at and all(getattr(now, name) == value for name, value in editable(now, fields).items()):
        return []  # pressed twice
    record, together = save_merged(actor, record, fields, version)
    missing = what_is_missing(record)
    if missing:
        raise InvalidEntry(missing)
    record.completed_at, record.completed_by = timezone.now(), actor.user
    write(actor, record, "record.completed")
    for event in ENDS:
        note_event(actor, record.case, event, record.completed_at)
    return together


def what_is_missing(record: IcdRecord) -> dict[str, str]:
    """By field what still has to be said before a note is complete."""
    missing = {}
    if not record.outcome:
        missing["outcome"] = _("Kies de uitkomst.")
    if record.outcome == Outcome.HANDED_OVER and not (record.handed_to_id or record.handed_to_name.strip()):
        missing["handed_to"] = _("Kies aan wie u overdroeg, of vul de naam in.")
    if record.stuck == Stuck.OTHER and not record.stuck_note.strip():
        missing["stuck_note"] = _("Schrijf bij «anders» op wat de uitstroom tegenhoudt.")
    if not record.stuck and record.stuck_note.strip():
        missing["stuck"] = _("Kies wat de uitstroom tegenhoudt.")
    return missing


@transaction.atomic
def reopen_note(actor: Actor, record: IcdRecord, reason: str) -> IcdRecord:
    """A completed note can be written in again; that it was completed, and why no longer, stays in its history."""
    record = locked(actor, record, completed=True)
    if record.completed_at is None:
        raise NotCompleted
    if not reason.strip():
        raise ReasonRequired(_("Schrijf op waarom u de notitie heropent."), "reopened_because")
    record.completed_at = record.completed_by = None
    record.reopened_because = reason.strip()
    return write(actor, record, "record.reopened")


@transaction.atomic
def promote(
    actor: Actor, record: Record, *, chosen_service: Service | None, chosen_reason: str = "", chosen_note: str = ""
) -> Handover | None:
    """Asks the other team to take the case on: the lead moves when they accept, and then their record opens with what
    ours may share. None where they have it already: then only the outcome says so."""
    if not may_edit(actor, record):
        raise PermissionDenied(_("Dit verslag is van een andere organisatie. U kunt het lezen, niet wijzigen."))
    offered = _offered(actor, record, chosen_service, chosen_reason, chosen_note)
    _say_so(actor, record)
    return offered


def _offered(actor: Actor, record: Record, service: Service | None, reason: str, note: str) -> Handover | None:
    theirs = record_of_other_team(type(record), record.case)
    if may_offer_again(actor, record.case):
        if service is None:
            raise ReasonRequired(_("Kies aan welke dienst u de casus aanbiedt."), "chosen_service")
        return offer_again(actor, record.case, chosen_service=service, chosen_reason=reason, chosen_note=note)
    if theirs is None:
        raise AlreadyOfOtherTeam
    return None


def _say_so(actor: Actor, record: Record) -> None:
    """An ICD note that was completed stays as it is; an open one gets its outcome."""
    now = locked(actor, record, completed=True)
    if not isinstance(now, IcdRecord) or now.completed_at or now.outcome == Outcome.TO_VT:
        return
    now.outcome = Outcome.TO_VT
    write(actor, now, "record.saved")
