"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .records import RecordView, record_of, records_of

__all__ = ["RecordView", "record_of", "records_of"]
