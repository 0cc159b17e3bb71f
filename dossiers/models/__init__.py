"""What is known and owed: records, people, and the clocks that run on a case."""

from .actions import Action
from .citizen_numbers import CitizenNumber
from .families import Household, HouseholdMember, Relation
from .measures import Measure
from .merges import PersonMerge
from .norms import Clock, Norm, NormEvent, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .sharing import Sharing
from .tasks import Participant, Task
from .vt import Condition, FollowUp, Investigation, NextStep, SafetyAssessment, VtStep, VtTransfer

__all__ = [
    "Action",
    "CitizenNumber",
    "Clock",
    "Condition",
    "FollowUp",
    "Household",
    "HouseholdMember",
    "IcdRecord",
    "Investigation",
    "Involvement",
    "Measure",
    "NextStep",
    "Norm",
    "NormEvent",
    "Participant",
    "Person",
    "PersonMerge",
    "Record",
    "Relation",
    "SafetyAssessment",
    "Sharing",
    "Suspension",
    "Task",
    "VtRecord",
    "VtStep",
    "VtTransfer",
]
