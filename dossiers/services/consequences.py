"""What an accepted handover starts by the clock."""

from accounts.policies import Actor
from dossiers.models import VtRecord
from partners.models import Organisation
from routing.models import Handover

from .norms import note_event

RecordKind = Organisation.RecordKind


def start_clocks_on_acceptance(handover: Handover, actor: Actor | None) -> None:
    """The ICD takes a crisis, or Veilig Thuis a report: once per case, and not when a case comes back after it."""
    if handover.kind != Handover.Kind.OFFER:
        return
    kind = handover.service.organisation.record_kind
    if kind == RecordKind.ICD:
        note_event(actor, handover.case, "crisis_accepted", handover.answered_at)
    elif kind == RecordKind.VT and _is_report(handover):
        note_event(actor, handover.case, "vt_reported", handover.answered_at)


def _is_report(handover: Handover) -> bool:
    """Advice has no terms."""
    return VtRecord.objects.filter(case=handover.case, kind=VtRecord.Kind.REPORT).exists()
