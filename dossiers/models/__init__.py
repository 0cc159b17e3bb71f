"""What is known and owed: records, people, and the clocks that run on a case."""

from .actions import Action
from .norms import Clock, Norm, NormEvent, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .sharing import Sharing
from .tasks import Participant, Task

__all__ = [
    "Action",
    "Clock",
    "IcdRecord",
    "Involvement",
    "Norm",
    "NormEvent",
    "Participant",
    "Person",
    "Record",
    "Sharing",
    "Suspension",
    "Task",
    "VtRecord",
]
