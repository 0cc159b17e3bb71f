"""Clocks, and the measures of youth protection that some of them run on."""

from accounts.policies import Actor, Permission
from routing.models import Case
from routing.policies import leads

from .records import keeps_a_record


def leads_or_keeps(actor: Actor, case: Case) -> bool:
    """Who leads the case, or keeps a record of it: also after it was closed, for a measure can outlive the crisis."""
    return actor.may(Permission.ANSWER_HANDOVER) and (leads(actor, case) or keeps_a_record(actor, case))


def may_add_measure(actor: Actor, case: Case) -> bool:
    return case.closed_at is None and leads_or_keeps(actor, case)
