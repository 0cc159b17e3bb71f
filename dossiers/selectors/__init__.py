"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .measures import measure_of, measures_of
from .records import RecordView, record_of, records_of
from .vt import VtView, vt_record_of, vt_view

__all__ = ["RecordView", "VtView", "measure_of", "measures_of", "record_of", "records_of", "vt_record_of", "vt_view"]
