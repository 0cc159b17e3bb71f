"""The access of a client: who looked at the case, and what must never be told."""

from accounts.policies import Actor, Permission
from dossiers.models import Involvement, VtRecord
from routing.models import Case
from triage.policies import visible_contacts

from .records import keeps


def may_give_overview(actor: Actor, case: Case) -> bool:
    """Who looked at the case is told to its client by whoever leads it, or led it last."""
    last = case.lead_periods.order_by("started_at", "id").last()
    return last is not None and actor.may(Permission.SEE_CASE) and last.organisation_id == actor.organisation_id


def has_shielded_reporter(case: Case) -> bool:
    shielded = Involvement.objects.filter(case=case, shielded=True)
    return shielded.exists() or VtRecord.objects.filter(case=case, reporter_shielded=True).exists()


def caller_is_hidden_from(actor: Actor, case: Case) -> bool:
    """The number of who rang, and what they were told, give away a shielded reporter: those are for who took the call
    and for the Veilig Thuis that keeps the dossier."""
    if not has_shielded_reporter(case):
        return False
    kept = VtRecord.objects.select_related("handover__service").filter(case=case).first()
    if kept is not None and keeps(actor, kept):
        return False
    return not visible_contacts(actor).filter(case=case).exists()
