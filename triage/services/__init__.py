"""The only writer of triage: question sets, drafts of calls, and confirmed contacts.

Each function is one transaction with its permission, change, history, access log and notifications.
"""

from .confirming import Choice, confirm, log_contact
from .drafts import end_as_no_report, save_draft, start_draft
from .question_sets import load_question_set
from .reading import draft_to_change, list_drafts, read_contact, read_draft, show_earlier

__all__ = [
    "Choice",
    "confirm",
    "draft_to_change",
    "end_as_no_report",
    "list_drafts",
    "load_question_set",
    "log_contact",
    "read_contact",
    "read_draft",
    "save_draft",
    "show_earlier",
    "start_draft",
]
