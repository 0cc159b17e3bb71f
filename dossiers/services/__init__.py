"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .norms import note_event
from .records import RecordChanged, open_record_on_acceptance, save_record

__all__ = ["RecordChanged", "note_event", "open_record_on_acceptance", "save_record"]
