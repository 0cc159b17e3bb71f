"""What is known and owed: records, people, and the clocks that run on a case."""

from .norms import Clock, Norm, Suspension
from .outflow import Agreement, Outcome, Step, Stuck
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .sharing import Sharing
from .teams import Comment, SharingChoice

__all__ = [
    "Agreement",
    "Clock",
    "Comment",
    "IcdRecord",
    "Involvement",
    "Norm",
    "Outcome",
    "Person",
    "Record",
    "Sharing",
    "SharingChoice",
    "Step",
    "Stuck",
    "Suspension",
    "VtRecord",
]
