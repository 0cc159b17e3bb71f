"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .emergency import BreakGlassForm, ReviewForm
from .history import HistoryForm
from .records import form_for

__all__ = [
    "BreakGlassForm",
    "CloseForm",
    "ConsultationForm",
    "HandBackForm",
    "HistoryForm",
    "NoteForm",
    "OfferAgainForm",
    "ReviewForm",
    "form_for",
]
