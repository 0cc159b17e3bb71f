"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .records import ReopenForm, form_for
from .teams import FollowUpForm, PromoteForm, RemarkForm, SharingForm, TakeOverForm

__all__ = [
    "CloseForm",
    "ConsultationForm",
    "FollowUpForm",
    "HandBackForm",
    "NoteForm",
    "OfferAgainForm",
    "PromoteForm",
    "RemarkForm",
    "ReopenForm",
    "SharingForm",
    "TakeOverForm",
    "form_for",
]
