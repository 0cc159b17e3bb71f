"""Who may read and who may write a record: the organisation that keeps it writes, whoever may see the case reads."""

from accounts.policies import Actor, Permission
from partners.models import Organisation
from routing.models import Case

from .models import IcdRecord, Involvement, Record, VtRecord

RECORD_MODELS: dict[str, type[Record]] = {
    Organisation.RecordKind.ICD: IcdRecord,
    Organisation.RecordKind.VT: VtRecord,
}


def may_edit(actor: Actor, record: Record) -> bool:
    """The organisation that accepted the case keeps its own record; nobody writes in another's."""
    keeper = record.handover.service.organisation_id
    return actor.may(Permission.ANSWER_HANDOVER) and actor.organisation_id == keeper


def may_give_overview(actor: Actor, case: Case) -> bool:
    """Who looked at the case is told to its client by whoever leads it, or led it last."""
    last = case.lead_periods.order_by("started_at", "id").last()
    return last is not None and actor.may(Permission.SEE_CASE) and last.organisation_id == actor.organisation_id


def has_shielded_reporter(case: Case) -> bool:
    shielded = Involvement.objects.filter(case=case, shielded=True)
    return shielded.exists() or VtRecord.objects.filter(case=case, reporter_shielded=True).exists()
