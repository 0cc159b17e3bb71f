"""Closing a case settles its clocks: the crisis is over, and what else runs is dropped only by choice."""

from django.db import transaction

from accounts.policies import Actor
from dossiers.deadline_words import still_running
from dossiers.models import Clock
from routing import services as routing
from routing.errors import StillOpen
from routing.models import Case

from .clocks import lock
from .norms import drop, note_event

# That the case is closed is what these norms ask for.
MET_BY_CLOSING = ("crisis_process_closed", "intervention_ended")


@transaction.atomic
def close_case(actor: Actor, case: Case, note: str, *, drop_terms: bool = False) -> Case:
    """As in routing, which raises NotTheLead, InvalidEntry or StillOpen; terms that still run are open too, unless they
    are dropped with the note as the reason."""
    case = lock(case)
    running = list(_running(case))
    problems = [] if drop_terms else [still_running(clock) for clock in running]
    try:
        case = routing.close_case(actor, case, note)
    except StillOpen as refused:
        raise StillOpen([*refused.problems, *problems]) from refused
    if problems:
        raise StillOpen(problems)
    for clock in running:
        drop(actor, clock, note)
    for event in MET_BY_CLOSING:
        if Clock.objects.filter(case=case, norm__ends=event, met_at=None, dropped_at=None).exists():
            note_event(actor, case, event, case.closed_at)
    return case


def _running(case: Case):
    """What closing does not meet."""
    clocks = Clock.objects.select_related("norm", "case").filter(case=case, met_at=None, dropped_at=None)
    return clocks.exclude(norm__ends__in=MET_BY_CLOSING)
