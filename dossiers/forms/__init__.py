"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .measures import MeasureForm, measure_form
from .records import form_for
from .vt import VtForm, vt_form

__all__ = [
    "CloseForm",
    "ConsultationForm",
    "HandBackForm",
    "MeasureForm",
    "NoteForm",
    "OfferAgainForm",
    "VtForm",
    "form_for",
    "measure_form",
    "vt_form",
]
