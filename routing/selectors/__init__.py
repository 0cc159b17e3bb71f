"""Reads of routing: the answer to "who is responsible?", and the lists of cases and handovers an actor may see."""

from .answers import Answer, answer, answer_again
from .tables import InForce, table_for
from .worklists import case_for, case_overview, handover_for, inbox, sent_by_us, visible_cases, visible_handovers

__all__ = [
    "Answer",
    "InForce",
    "answer",
    "answer_again",
    "case_for",
    "case_overview",
    "handover_for",
    "inbox",
    "sent_by_us",
    "table_for",
    "visible_cases",
    "visible_handovers",
]
