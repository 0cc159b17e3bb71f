"""Reads of routing: "who is responsible?", the cases and handovers an actor may see, and the rule sets of a region."""

from .answers import Answer, also_when_led_by, answer, answer_again
from .emergency import emergency_accesses
from .lead_history import Event as LeadEvent
from .lead_history import LeadHistory, lead_history
from .live import Pulse, pulse
from .rule_sets import (
    Listed,
    Phase,
    current_proof,
    open_waivers,
    phase_of,
    planned,
    rule_set_at,
    rule_set_for,
    rule_sets,
)
from .signs import ClockState, clock_state
from .switchboard import Switchboard, alarm_for, diversion_for, divertible, switchboard
from .tables import InForce, table_for
from .worklists import case_for, case_overview, handover_for, inbox, sent_by_us, visible_cases, visible_handovers

__all__ = [
    "Answer",
    "ClockState",
    "InForce",
    "LeadEvent",
    "LeadHistory",
    "Listed",
    "Phase",
    "Pulse",
    "Switchboard",
    "alarm_for",
    "also_when_led_by",
    "answer",
    "answer_again",
    "case_for",
    "case_overview",
    "clock_state",
    "current_proof",
    "diversion_for",
    "divertible",
    "emergency_accesses",
    "handover_for",
    "inbox",
    "lead_history",
    "open_waivers",
    "phase_of",
    "planned",
    "pulse",
    "rule_set_at",
    "rule_set_for",
    "rule_sets",
    "sent_by_us",
    "switchboard",
    "table_for",
    "visible_cases",
    "visible_handovers",
]
