"""What is known and owed: records, people, and the clocks that run on a case."""

from .actions import Action
from .citizen_numbers import CitizenNumber
from .disclosures import Disclosure
from .families import Household, HouseholdMember, Relation
from .measures import Measure
from .merges import PersonMerge
from .norms import Clock, Norm, NormEvent, Suspension
from .outflow import Agreement, Outcome, Step, Stuck
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .tasks import Participant, Task
from .teams import Comment, SharingChoice
from .vt import Investigation, SafetyAssessment, VtStep
from .vt_next import Condition, FollowUp, NextStep, VtTransfer

__all__ = [
    "Action",
    "Agreement",
    "CitizenNumber",
    "Clock",
    "Comment",
    "Condition",
    "Disclosure",
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
    "Outcome",
    "Participant",
    "Person",
    "PersonMerge",
    "Record",
    "Relation",
    "SafetyAssessment",
    "SharingChoice",
    "Step",
    "Stuck",
    "Suspension",
    "Task",
    "VtRecord",
    "VtStep",
    "VtTransfer",
]
