"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .case_list import CaseListForm
from .records import form_for
from .terms import SUSPENSION_ACTS, clock_form, suspension_form

__all__ = [
    "SUSPENSION_ACTS",
    "CaseListForm",
    "CloseForm",
    "ConsultationForm",
    "HandBackForm",
    "NoteForm",
    "OfferAgainForm",
    "clock_form",
    "form_for",
    "suspension_form",
]
