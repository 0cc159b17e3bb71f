"""Who may read and who may write a record: the organisation that keeps it writes, whoever may see the case reads."""

from accounts.policies import Actor, Permission
from partners.models import Organisation
from routing.models import Case
from routing.policies import leads, visible_cases

from .models import IcdRecord, Record, VtRecord

RECORD_MODELS: dict[str, type[Record]] = {
    Organisation.RecordKind.ICD: IcdRecord,
    Organisation.RecordKind.VT: VtRecord,
}


def may_edit(actor: Actor, record: Record) -> bool:
    """The organisation that accepted the case keeps its own record; nobody writes in another's."""
    keeper = record.handover.service.organisation_id
    return actor.may(Permission.ANSWER_HANDOVER) and actor.organisation_id == keeper


def may_keep_clocks(actor: Actor, case: Case) -> bool:
    """Who leads the case, or keeps a record of it: also after it was closed, for a measure can outlive the crisis."""
    if not actor.may(Permission.ANSWER_HANDOVER) or actor.organisation_id is None:
        return False
    return leads(actor, case) or any(_keeps(actor, case, model) for model in RECORD_MODELS.values())


def _keeps(actor: Actor, case: Case, model: type[Record]) -> bool:
    return model.objects.filter(case=case, handover__service__organisation=actor.organisation_id).exists()


def may_record_sharing(actor: Actor, case: Case) -> bool:
    """Whoever works on the case, also when it is closed: what was shared before can still be written down."""
    return actor.may(Permission.ANSWER_HANDOVER) and visible_cases(actor).filter(pk=case.pk).exists()
