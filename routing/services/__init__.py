"""The only writer of routing: decisions, cases, handovers, the lead, consultations, alarms, rule sets and
changes of the directory.

Each function is one transaction with its permission, change, history, access log and notifications.
"""

from .after import close_case, give_feedback, hand_back, own_line
from .alarms import acknowledge_alarm
from .capacity import told_commissioner
from .clock import sweep
from .consultations import hold_consultation, mark_done
from .directory import change_service, end_suspension, prove_ahead, settle_waivers, suspend, worsened_by
from .emergency import break_glass, review_access
from .handovers import accept, decline, offer_again, record_phone_answer, withdraw
from .notes import add_note
from .opening import open_routed_case, record_decision
from .package_rules import RuleSetRefused, publish_package_rules
from .proposals import propose_from_deviations
from .rule_sets import discard_draft, prove_rule_set, publish, remove_rule, save_rule, start_draft

__all__ = [
    "RuleSetRefused",
    "accept",
    "acknowledge_alarm",
    "add_note",
    "break_glass",
    "change_service",
    "close_case",
    "decline",
    "discard_draft",
    "end_suspension",
    "give_feedback",
    "hand_back",
    "hold_consultation",
    "mark_done",
    "offer_again",
    "open_routed_case",
    "own_line",
    "propose_from_deviations",
    "prove_ahead",
    "prove_rule_set",
    "publish",
    "publish_package_rules",
    "record_decision",
    "record_phone_answer",
    "remove_rule",
    "review_access",
    "save_rule",
    "settle_waivers",
    "start_draft",
    "suspend",
    "sweep",
    "told_commissioner",
    "withdraw",
    "worsened_by",
]
