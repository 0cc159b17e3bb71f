"""What is known and owed: records, people, and the clocks that run on a case."""

from .citizen_numbers import CitizenNumber
from .families import Household, HouseholdMember, Relation
from .merges import PersonMerge
from .norms import Clock, Norm, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord

__all__ = [
    "CitizenNumber",
    "Clock",
    "Household",
    "HouseholdMember",
    "IcdRecord",
    "Involvement",
    "Norm",
    "Person",
    "PersonMerge",
    "Record",
    "Relation",
    "Suspension",
    "VtRecord",
]
