"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .calls import CallFacts, call_facts, crisis_clocks
from .records import RecordView, record_of, records_of
from .teams import FieldView, Side, field_views, new_threads, shared_fields, sides

__all__ = [
    "CallFacts",
    "FieldView",
    "RecordView",
    "Side",
    "call_facts",
    "crisis_clocks",
    "field_views",
    "new_threads",
    "record_of",
    "records_of",
    "shared_fields",
    "sides",
]
