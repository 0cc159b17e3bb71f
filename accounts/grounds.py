"""Why an event was allowed and what it was for (NEN 7513): what the caller did not say follows from what it did."""

from django.utils.translation import gettext_lazy as _

from .policies import Actor, Permission

RULES = {
    "account": _("eigen account"),
    "asked": _("casus is hun aangeboden"),
    "break_glass": _("met de noodknop"),
    "clock": _("de klok van het systeem"),
    "involved": _("betrokken bij de casus"),
    "no_ground": _("geen grond om dit te zien"),
    "own_call": _("eigen gesprek"),
    "own_case": _("eigen casus"),
    "role": _("rol"),
    "sender_is_responsible": _("verzender is zelf verantwoordelijk"),
    "system": _("het systeem zelf"),
    "team": _("zelfde team"),
}
# What it was for. In the log a detail may follow, such as the period of an export.
PURPOSES = {
    "acute_danger": _("noodknop: acuut gevaar"),
    "administration": _("beheer"),
    "agreements": _("afspraken maken"),
    "break_glass": _("noodknop"),
    "care": _("hulp aan de cliënt"),
    "client_request": _("inzage door de cliënt"),
    "handover": _("overdracht"),
    "lead_unreachable": _("noodknop: regiehouder niet te bereiken"),
    "operation": _("werking van het systeem"),
    "other_reason": _("noodknop: andere reden"),
    "oversight": _("toezicht"),
}

# Who may see nothing of it was refused on no ground at all.
NO_GROUND = "no_ground"
SEPARATOR = ": "
LONGEST_PURPOSE = 120
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
    """What no closer rule allowed, the role did, or having an account; without an actor it was the system itself."""
    if refused:
        return NO_GROUND
    if actor is None:
        return "system"
    return "role" if actor.role else "account"


def purpose_of(actor: Actor | None, rule: str) -> str:
    if rule in PURPOSE_OF_RULE:
        return PURPOSE_OF_RULE[rule]
    if actor is None or not actor.role:
        return "operation"
    return next((purpose for permission, purpose in PURPOSE_OF_PERMISSION if actor.may(permission)), "operation")


def with_detail(purpose: str, detail: str) -> str:
    """As much of it as the column holds."""
    return f"{purpose}{SEPARATOR}{detail}"[:LONGEST_PURPOSE] if detail else purpose


def code_and_detail(kept: str) -> tuple[str, str]:
    code, _separator, detail = kept.partition(SEPARATOR)
    return code, detail
