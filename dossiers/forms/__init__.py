"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .actions import ActionForm, EndForm, ExtendForm
from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .case_list import CaseListForm
from .emergency import BreakGlassForm, ReviewForm
from .families import HouseholdChangeForm, HouseholdForm, MemberForm, RelationForm
from .history import HistoryForm
from .measures import MeasureForm, measure_form
from .people import (
    BsnForm,
    ChangePersonForm,
    InvolvementForm,
    NewPersonForm,
    ShowBsnForm,
)
from .records import ReopenForm, form_for
from .tasks import FinishForm, ParticipantForm, TaskForm
from .teams import FollowUpForm, PromoteForm, RemarkForm, SharingForm, TakeOverForm
from .terms import SUSPENSION_ACTS, clock_form, suspension_form
from .timeline import SummaryForm, TimelineForm
from .vt import VtForm, vt_form

__all__ = [
    "SUSPENSION_ACTS",
    "ActionForm",
    "BreakGlassForm",
    "BsnForm",
    "CaseListForm",
    "ChangePersonForm",
    "CloseForm",
    "ConsultationForm",
    "EndForm",
    "ExtendForm",
    "FinishForm",
    "FollowUpForm",
    "HandBackForm",
    "HistoryForm",
    "HouseholdChangeForm",
    "HouseholdForm",
    "InvolvementForm",
    "MeasureForm",
    "MemberForm",
    "NewPersonForm",
    "NoteForm",
    "OfferAgainForm",
    "ParticipantForm",
    "PromoteForm",
    "RelationForm",
    "RemarkForm",
    "ReopenForm",
    "ReviewForm",
    "SharingForm",
    "ShowBsnForm",
    "SummaryForm",
    "TakeOverForm",
    "TaskForm",
    "TimelineForm",
    "VtForm",
    "clock_form",
    "form_for",
    "measure_form",
    "suspension_form",
    "vt_form",
]
