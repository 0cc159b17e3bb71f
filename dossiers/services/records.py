"""The only writer of records: opened by an accepted handover, enriched by the organisation that keeps them."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.errors import RecordCompleted
from dossiers.models import IcdRecord, Record, VtRecord
from dossiers.policies import RECORD_MODELS, may_edit
from routing.models import Handover

from .merging import FieldMerge, merged_fields
from .taking_over import first_text, record_of_other_team

EDITABLE: dict[type[Record], tuple[str, ...]] = {
    IcdRecord: (
        "situation",
        "actions",
        "steps",
        "agreements",
        "agreed",
        "outcome",
        "handed_to",
        "handed_to_name",
        "stuck",
        "stuck_note",
    ),
    VtRecord: ("situation", "safety", "reporter_shielded"),
}


class RecordChanged(Exception):
    """Somebody saved this record in the meantime: `theirs` is what stands there, `ours` what was not saved, `merges`
    how the two go together per field."""

    def __init__(
        self, theirs: Record, ours: Mapping[str, object], merges: Mapping[str, FieldMerge] | None = None
    ) -> None:
        self.message = _("Dit verslag is intussen gewijzigd. Vergelijk de teksten en bewaar opnieuw.")
        super().__init__(self.message)
        self.theirs = theirs
        self.ours = dict(ours)
        self.merges = dict(merges or {})


@transaction.atomic
def open_record_on_acceptance(handover: Handover, actor: Actor | None) -> Record | None:
    """The record of the accepting organisation's kind, with what the other team shares or else what was read back at
    the handover; once per case."""
    model = RECORD_MODELS.get(handover.service.organisation.record_kind)
    if model is None:
        return None
    source = record_of_other_team(model, handover.case)
    record, opened = model.objects.get_or_create(
        case=handover.case,
        defaults={
            "handover": handover,
            "opened_at": timezone.now(),
            "situation": first_text(handover, source),
            "promoted_from": source,
            "changed_by": handover.answered_by,
        },
    )
    if opened:
        subject = str(handover.case_id)
        log_access(actor, event="record.opened", action="C", record=record, subject=subject, rule="own_case")
    return record


@transaction.atomic
def save_record(actor: Actor, record: Record, fields: Mapping[str, object], version: int) -> Record:
    """Saves what was edited from this version on; raises RecordChanged, with both texts, when another was first."""
    record = locked(actor, record)
    ours = editable(record, fields)
    if record.version != version:
        raise RecordChanged(record, ours)
    for name, value in ours.items():
        setattr(record, name, value)
    return write(actor, record, "record.saved")


@transaction.atomic
def save_merged(actor: Actor, record: Record, fields: Mapping[str, object], version: int) -> tuple[Record, list[str]]:
    """Saves what was edited from this version on, together with what others saved meanwhile: the record, and the
    fields that were put together. Raises RecordChanged where a person must choose, and then nothing is written."""
    record = locked(actor, record)
    ours = editable(record, fields)
    if record.version == version:
        return save_record(actor, record, ours, version), []
    merges = merged_fields(record, ours, version)
    if any(merge.collides for merge in merges.values()):
        raise RecordChanged(record, ours, merges)
    changed = {name: merge.value for name, merge in merges.items() if merge.value != merge.theirs}
    # Pressed twice, or typed the same: there is nothing to write.
    saved = save_record(actor, record, changed, record.version) if changed else record
    return saved, [name for name, merge in merges.items() if merge.from_both]


def locked(actor: Actor, record: Record, *, completed: bool = False) -> Record:
    """The record as it is now, under lock and to be written in by this actor; `completed` also when it is closed."""
    rows = type(record).objects.select_for_update(of=("self",))
    record = rows.select_related("case__region", "handover__service__organisation").get(pk=record.pk)
    if not may_edit(actor, record):
        raise PermissionDenied(_("Dit verslag is van een andere organisatie. U kunt het lezen, niet wijzigen."))
    if isinstance(record, IcdRecord) and record.completed_at and not completed:
        raise RecordCompleted
    return record


def editable(record: Record, fields: Mapping[str, object]) -> dict[str, object]:
    return {name: fields[name] for name in EDITABLE[type(record)] if name in fields}


def write(actor: Actor, record: Record, event: str) -> Record:
    """Each save is a version of its own in the history: what another started from can always be found again."""
    record.version += 1
    record.changed_by = actor.user
    record.save()
    log_access(actor, event=event, action="U", record=record, subject=str(record.case_id), rule="own_case")
    return record
