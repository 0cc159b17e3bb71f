"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .actions import ActionForm, EndForm, ExtendForm
from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .case_list import CaseListForm
from .records import form_for
from .tasks import FinishForm, ParticipantForm, TaskForm
from .timeline import SummaryForm, TimelineForm

__all__ = [
    "ActionForm",
    "CaseListForm",
    "CloseForm",
    "ConsultationForm",
    "EndForm",
    "ExtendForm",
    "FinishForm",
    "HandBackForm",
    "NoteForm",
    "OfferAgainForm",
    "ParticipantForm",
    "SummaryForm",
    "TaskForm",
    "TimelineForm",
    "form_for",
]
