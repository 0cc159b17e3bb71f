"""The only writer of routing: decisions, cases, handovers, the lead, consultations, alarms, rule sets and
changes of the directory.

Each function is one transaction with its permission, change, history, access log and notifications.
"""

from .consultations import acknowledge_alarm, mark_consulted
from .directory import change_service, end_suspension, prove_ahead, settle_waivers, suspend, worsened_by
from .handovers import accept, decline, offer_again, record_phone_answer, withdraw
from .opening import open_routed_case, record_decision
from .package_rules import RuleSetRefused, publish_package_rules
from .proposals import propose_from_deviations
from .rule_sets import discard_draft, prove_rule_set, publish, remove_rule, save_rule, start_draft

__all__ = [
    "RuleSetRefused",
    "accept",
    "acknowledge_alarm",
    "change_service",
    "decline",
    "discard_draft",
    "end_suspension",
    "mark_consulted",
    "offer_again",
    "open_routed_case",
    "propose_from_deviations",
    "prove_ahead",
    "prove_rule_set",
    "publish",
    "publish_package_rules",
    "record_decision",
    "record_phone_answer",
    "remove_rule",
    "save_rule",
    "settle_waivers",
    "start_draft",
    "suspend",
    "withdraw",
    "worsened_by",
]
