"""What people fill in about a case: each form answers for its own fields, and keeps what was typed."""

from .case import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from .families import HouseholdChangeForm, HouseholdForm, MemberForm, RelationForm
from .people import (
    BsnForm,
    ChangePersonForm,
    InvolvementForm,
    NewPersonForm,
    ShowBsnForm,
)
from .records import form_for

__all__ = [
    "BsnForm",
    "ChangePersonForm",
    "CloseForm",
    "ConsultationForm",
    "HandBackForm",
    "HouseholdChangeForm",
    "HouseholdForm",
    "InvolvementForm",
    "MemberForm",
    "NewPersonForm",
    "NoteForm",
    "OfferAgainForm",
    "RelationForm",
    "ShowBsnForm",
    "form_for",
]
