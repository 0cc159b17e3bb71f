"""The pure core of triage: a question set as data, and answers -> category, urgency, danger and facts."""

from .interpretation import FactValue, Registered, Triage, interpret
from .questions import (
    NONE,
    UNKNOWN,
    InvalidQuestionSet,
    Mistake,
    Option,
    Question,
    QuestionSet,
    Urgency,
    question_set_of,
)
from .reading import ErrorCode, Known

__all__ = [
    "NONE",
    "UNKNOWN",
    "ErrorCode",
    "FactValue",
    "InvalidQuestionSet",
    "Known",
    "Mistake",
    "Option",
    "Question",
    "QuestionSet",
    "Registered",
    "Triage",
    "Urgency",
    "interpret",
    "question_set_of",
]
