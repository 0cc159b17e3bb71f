"""The dossier of Veilig Thuis. Its work goes on for weeks after the crisis: a closed case changes nothing here."""

from accounts.policies import Actor, Permission
from dossiers.core import Side
from dossiers.models import NextStep, VtRecord
from partners.models import Membership
from routing.policies import is_involved

from .records import keeper_of


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
    return Side.CARRIER if carries and is_involved(actor, record.case) else None
