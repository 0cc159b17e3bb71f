"""Who may read and who may write: the organisation that keeps a record writes it, whoever may see the case reads."""

from accounts.policies import Actor, Permission
from partners.models import Membership, Organisation
from routing.models import Case
from routing.policies import is_involved, leads

from .core import Side
from .models import Action, IcdRecord, Involvement, NextStep, Participant, Record, Task, VtRecord

RECORD_MODELS: dict[str, type[Record]] = {
    Organisation.RecordKind.ICD: IcdRecord,
    Organisation.RecordKind.VT: VtRecord,
}


def may_edit(actor: Actor, record: Record) -> bool:
    """The organisation that accepted the case keeps its own record; nobody writes in another's."""
    return actor.may(Permission.ANSWER_HANDOVER) and actor.organisation_id == keeper_of(record)


def keeper_of(record: Record) -> int:
    return record.handover.service.organisation_id


# --- What stands around the case ---------------------------------------------------------------------------------


def may_add(actor: Actor, case: Case) -> bool:
    """What is asked, who works around it and what was shared is written down by whoever works on the case, also after
    its end."""
    return actor.may(Permission.ANSWER_HANDOVER) and is_involved(actor, case)


def may_act(actor: Actor, case: Case) -> bool:
    """New actions belong to an open case; what runs when it closes may still be ended."""
    return case.closed_at is None and may_add(actor, case)


def may_change(actor: Actor, entry: Action | Participant | Task) -> bool:
    """Who wrote it down, who does it, and who leads the case; the others read it."""
    if not may_add(actor, entry.case):
        return False
    return actor.organisation_id in (entry.keeper_id, entry.organisation_id) or leads(actor, entry.case)


# --- Clocks and measures -----------------------------------------------------------------------------------------


def leads_or_keeps(actor: Actor, case: Case) -> bool:
    """Who leads the case, or keeps a record of it: also after it was closed, for a measure can outlive the crisis."""
    if not actor.may(Permission.ANSWER_HANDOVER) or actor.organisation_id is None:
        return False
    return leads(actor, case) or any(_keeps(actor, case, model) for model in RECORD_MODELS.values())


def may_add_measure(actor: Actor, case: Case) -> bool:
    return case.closed_at is None and leads_or_keeps(actor, case)


def _keeps(actor: Actor, case: Case, model: type[Record]) -> bool:
    return model.objects.filter(case=case, handover__service__organisation=actor.organisation_id).exists()


# --- Veilig Thuis. Its work goes on for weeks after the crisis: a closed case changes nothing here ---------------


def may_read_vt_details(actor: Actor, record: VtRecord) -> bool:
    """Assessments, investigation and conditions are for the Veilig Thuis that keeps the dossier, managers included;
    others who see the case see the state."""
    return actor.may(Permission.SEE_CASE) and actor.organisation_id == keeper_of(record)


def vt_side(actor: Actor, record: VtRecord, step: NextStep | None = None) -> Side | None:
    """On whose behalf the actor acts on the dossier, or on one next step of it; None: on nobody's."""
    if not actor.may(Permission.ANSWER_HANDOVER) or actor.organisation_id is None:
        return None
    if actor.organisation_id == keeper_of(record):
        return Side.KEEPER if actor.role == Membership.Role.VT_WORKER else None
    carries = step is not None and step.organisation_id == actor.organisation_id
    return Side.CARRIER if carries else None


# --- The access of a client ---------------------------------------------------------------------------------------


def may_give_overview(actor: Actor, case: Case) -> bool:
    """Who looked at the case is told to its client by whoever leads it, or led it last."""
    last = case.lead_periods.order_by("started_at", "id").last()
    return last is not None and actor.may(Permission.SEE_CASE) and last.organisation_id == actor.organisation_id


def has_shielded_reporter(case: Case) -> bool:
    shielded = Involvement.objects.filter(case=case, shielded=True)
    return shielded.exists() or VtRecord.objects.filter(case=case, reporter_shielded=True).exists()
