"""What an accepted handover starts by the clock, and what the kind of a VT dossier changes in that."""

from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from dossiers.models import VtRecord
from partners.models import Organisation
from routing.models import Handover

from .norms import drop_clocks, note_event

RecordKind = Organisation.RecordKind


def start_clocks_on_acceptance(handover: Handover, actor: Actor | None) -> None:
    """The ICD takes a crisis, or Veilig Thuis a report: once per case, and not when a case comes back after it."""
    if handover.kind != Handover.Kind.OFFER:
        return
    kind = handover.service.organisation.record_kind
    if kind == RecordKind.ICD:
        note_event(actor, handover.case, "crisis_accepted", handover.answered_at)
    elif kind == RecordKind.VT:
        record = VtRecord.objects.select_related("handover").filter(case=handover.case).first()
        if record is not None:
            follow_vt_kind(actor, record)


def follow_vt_kind(actor: Actor | None, record: VtRecord) -> None:
    """A report has its terms from when Veilig Thuis took it; advice has none, and a report again runs from then."""
    if record.kind == VtRecord.Kind.REPORT:
        note_event(actor, record.case, "vt_reported", record.handover.answered_at or record.opened_at)
        return
    with house_language():
        because = _("Het is advies, geen melding.")
    drop_clocks(actor, record.case, "vt_reported", because)
