"""What stands around the case: actions, professionals, tasks and disclosures."""

from accounts.policies import Actor, Permission
from dossiers.models import Action, Participant, Task
from routing.models import Case
from routing.policies import is_involved, leads


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
