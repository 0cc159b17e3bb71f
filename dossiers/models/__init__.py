"""What is known and owed: records, people, and the clocks that run on a case."""

from .norms import Clock, Norm, NormEvent, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord
from .sharing import Sharing

__all__ = [
    "Clock",
    "IcdRecord",
    "Involvement",
    "Norm",
    "NormEvent",
    "Person",
    "Record",
    "Sharing",
    "Suspension",
    "VtRecord",
]
