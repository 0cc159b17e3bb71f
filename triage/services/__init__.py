"""The only writer of triage: question sets, drafts of calls, and confirmed contacts.

Each function is one transaction with its permission, change, history, access log and notifications.
"""

from .confirming import Choice, confirm, log_contact
from .drafts import end_as_no_report, save_draft, start_draft
from .question_sets import load_question_set
from .reading import read_contact

__all__ = [
    "Choice",
    "confirm",
    "end_as_no_report",
    "load_question_set",
    "log_contact",
    "read_contact",
    "save_draft",
    "start_draft",
]
