"""The only writer of routing: decisions, cases, handovers, the lead, consultations and alarms.

Each function is one transaction with its permission, change, history, access log and notifications.
"""

from .consultations import acknowledge_alarm, mark_consulted
from .handovers import accept, decline, record_phone_answer, withdraw
from .opening import open_routed_case, record_decision

__all__ = [
    "accept",
    "acknowledge_alarm",
    "decline",
    "mark_consulted",
    "open_routed_case",
    "record_decision",
    "record_phone_answer",
    "withdraw",
]
