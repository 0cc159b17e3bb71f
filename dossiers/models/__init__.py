"""What is known and owed: records, people, and the clocks that run on a case."""

from .measures import Measure
from .norms import Clock, Norm, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .vt import Investigation, SafetyAssessment, VtStep
from .vt_next import Condition, FollowUp, NextStep, VtTransfer

__all__ = [
    "Clock",
    "Condition",
    "FollowUp",
    "IcdRecord",
    "Investigation",
    "Involvement",
    "Measure",
    "NextStep",
    "Norm",
    "Person",
    "Record",
    "SafetyAssessment",
    "Suspension",
    "VtRecord",
    "VtStep",
    "VtTransfer",
]
