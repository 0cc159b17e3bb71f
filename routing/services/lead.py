"""The lead of a case: one function moves it, and nothing else writes a lead period."""

from datetime import datetime

from partners.models import Organisation
from routing.models import Case, Handover, LeadPeriod

Why = LeadPeriod.Why


def move_lead(
    case: Case, to: Organisation | None, why: str = "", *, moment: datetime, handover: Handover | None = None
) -> None:
    """Ends the current period and begins the next at the same moment; None: the case is over and nobody leads it.

    The first call gives a new case its lead. To whom already leads nothing moves. In the caller's transaction.
    """
    current = LeadPeriod.objects.select_for_update().filter(case=case, ended_at__isnull=True).first()
    if current is not None:
        if to is not None and current.organisation_id == to.pk:
            return
        # A clock set back must not make a period end before it began.
        moment = max(moment, current.started_at)
        current.ended_at = moment
        current.save(update_fields=["ended_at"])
    if to is not None:
        LeadPeriod.objects.create(case=case, organisation=to, started_at=moment, why=why, handover=handover)
