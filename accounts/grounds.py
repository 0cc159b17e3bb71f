"""Why an event was allowed and what it was for (NEN 7513): what the caller did not say follows from what it did."""

from .policies import Actor, Permission

# Who may see nothing of it was refused on no ground at all.
NO_GROUND = "no_ground"
PURPOSE_OF_RULE = {
    "asked": "handover",
    "break_glass": "break_glass",
    "clock": "care",
    "involved": "care",
    "own_call": "care",
    "own_case": "care",
    "sender_is_responsible": "handover",
    "team": "care",
}
# In this order: a manager who may also look up is there to oversee.
PURPOSE_OF_PERMISSION = (
    (Permission.SEE_ACCESS_LOG, "oversight"),
    (Permission.ADMINISTER, "administration"),
    (Permission.SEE_BOARD, "oversight"),
    (Permission.EDIT_RULES, "agreements"),
    (Permission.ANSWER_HANDOVER, "care"),
    (Permission.LOOK_UP, "care"),
)


def rule_of(actor: Actor | None, *, refused: bool) -> str:
    """What no closer rule allowed, the role did; without an actor the system did it by itself."""
    if refused:
        return NO_GROUND
    return "role" if actor is not None and actor.role else "system"


def purpose_of(actor: Actor | None, rule: str) -> str:
    if rule in PURPOSE_OF_RULE:
        return PURPOSE_OF_RULE[rule]
    if actor is None or not actor.role:
        return "operation"
    return next((purpose for permission, purpose in PURPOSE_OF_PERMISSION if actor.may(permission)), "operation")
