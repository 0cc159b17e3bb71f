"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .history import History, history
from .history_steps import SYSTEM, Wanted, steps_of, users_of
from .overview import Look, overview
from .records import RecordView, record_of, records_of

__all__ = [
    "SYSTEM",
    "History",
    "Look",
    "RecordView",
    "Wanted",
    "history",
    "overview",
    "record_of",
    "records_of",
    "steps_of",
    "users_of",
]
