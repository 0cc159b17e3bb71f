"""The only writer of records: opened by an accepted handover, enriched by the organisation that keeps them."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.models import IcdRecord, Record, VtRecord
from dossiers.policies import RECORD_MODELS, may_edit
from routing.models import Handover

EDITABLE: dict[type[Record], tuple[str, ...]] = {
    IcdRecord: ("situation", "actions", "agreements"),
    VtRecord: ("situation", "safety", "reporter_shielded"),
}


class RecordChanged(Exception):
    """Somebody saved this record in the meantime: `theirs` is what stands there, `ours` what was not saved."""

    def __init__(self, theirs: Record, ours: Mapping[str, object]) -> None:
        self.message = _("Dit verslag is intussen gewijzigd. Vergelijk de teksten en bewaar opnieuw.")
        super().__init__(self.message)
        self.theirs = theirs
        self.ours = dict(ours)


@transaction.atomic
def open_record_on_acceptance(handover: Handover, actor: Actor | None) -> Record | None:
    """The record of the accepting organisation's kind, with what was read back at the handover; once per case."""
    model = RECORD_MODELS.get(handover.service.organisation.record_kind)
    if model is None:
        return None
    record, opened = model.objects.get_or_create(
        case=handover.case,
        defaults={
            "handover": handover,
            "opened_at": timezone.now(),
            "situation": _first_text(handover),
            "changed_by": handover.answered_by,
        },
    )
    if opened:
        subject = str(handover.case_id)
        log_access(actor, event="record.opened", action="C", record=record, subject=subject, rule="own_case")
    return record


def _first_text(handover: Handover) -> str:
    """What was read back, so that nobody types it again."""
    return "\n".join(filter(None, (handover.situation, handover.background, handover.assessment, handover.request)))


@transaction.atomic
def save_record(actor: Actor, record: Record, fields: Mapping[str, object], version: int) -> Record:
    """Saves what was edited from this version on; raises RecordChanged, with both texts, when another was first."""
    record = type(record).objects.select_for_update(of=("self",)).select_related("handover__service").get(pk=record.pk)
    if not may_edit(actor, record):
        raise PermissionDenied(_("Dit verslag is van een andere organisatie. U kunt het lezen, niet wijzigen."))
    ours = {name: fields[name] for name in EDITABLE[type(record)] if name in fields}
    if record.version != version:
        raise RecordChanged(record, ours)
    for name, value in ours.items():
        setattr(record, name, value)
    record.version += 1
    record.changed_by = actor.user
    record.save()
    log_access(actor, event="record.saved", action="U", record=record, subject=str(record.case_id), rule="own_case")
    return record
