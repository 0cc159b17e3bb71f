"""The access of a client: who looked at the case, and what must never be told."""

from accounts.policies import Actor, Permission
from dossiers.models import Involvement, VtRecord
from routing.models import Case


def may_give_overview(actor: Actor, case: Case) -> bool:
    """Who looked at the case is told to its client by whoever leads it, or led it last."""
    last = case.lead_periods.order_by("started_at", "id").last()
    return last is not None and actor.may(Permission.SEE_CASE) and last.organisation_id == actor.organisation_id


def has_shielded_reporter(case: Case) -> bool:
    shielded = Involvement.objects.filter(case=case, shielded=True)
    return shielded.exists() or VtRecord.objects.filter(case=case, reporter_shielded=True).exists()
