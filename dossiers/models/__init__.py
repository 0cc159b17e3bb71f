"""What is known and owed: records, people, and the clocks that run on a case."""

from .norms import Clock, Norm, Suspension
from .people import Involvement, Person
from .records import IcdRecord, Record, VtRecord

__all__ = ["Clock", "IcdRecord", "Involvement", "Norm", "Person", "Record", "Suspension", "VtRecord"]
