"""Rule sets, decisions, the thin case and its lead, handovers, what is done beside them, and alarms."""

from .alarms import Alarm, ClockTick
from .cases import Case, CaseNote, Decision, LeadPeriod, TsTzRange
from .emergency import EmergencyAccess
from .handovers import CapacityReport, Handover
from .rule_sets import RuleSet, StoredProof, Waiver
from .together import Addition, Consultation

__all__ = [
    "Addition",
    "Alarm",
    "CapacityReport",
    "Case",
    "CaseNote",
    "ClockTick",
    "Consultation",
    "Decision",
    "EmergencyAccess",
    "Handover",
    "LeadPeriod",
    "RuleSet",
    "StoredProof",
    "TsTzRange",
    "Waiver",
]
