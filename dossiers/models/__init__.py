"""What is known and owed: records, people, and the clocks that run on a case."""

from .actions import Action
from .measures import Measure
from .norms import Clock, Norm, NormEvent, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .sharing import Sharing
from .tasks import Participant, Task
from .vt import Condition, FollowUp, Investigation, NextStep, SafetyAssessment, VtStep, VtTransfer

__all__ = [
    "Action",
    "Clock",
    "Condition",
    "FollowUp",
    "IcdRecord",
    "Investigation",
    "Involvement",
    "Measure",
    "NextStep",
    "Norm",
    "NormEvent",
    "Participant",
    "Person",
    "Record",
    "SafetyAssessment",
    "Sharing",
    "Suspension",
    "Task",
    "VtRecord",
    "VtStep",
    "VtTransfer",
]
