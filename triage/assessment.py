"""From the answers of a call to who is responsible: triage first, then routing, then what is still needed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from partners.models import Region
from routing.core import Facts, Undetermined, age_on
from routing.errors import RoutingError
from routing.selectors import Answer, answer

from . import selectors
from .core import Known, Question, QuestionSet, Triage, interpret

# What the person at the desk reads out; when one of these changes, that is another answer.
READ_OUT = ("service", "organisation", "phone", "rule", "because", "also", "next", "possible", "held_by")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a call comes to at a moment. Without an answer, `problem` says why; an empty call has neither."""

    triage: Triage
    questions: QuestionSet
    known: Known
    moment: datetime
    answer: Answer | None = None
    problem: str = ""
    provisional: Answer | None = None
    presumed: tuple[Question, ...] = field(default=())

    @property
    def document(self) -> dict[str, Any]:
        return self.answer.document if self.answer else {}

    @property
    def ask(self) -> list[str]:
        """The facts still to ask: none once routing holds the unknowable ones with the duty lead."""
        undecided = self.document.get("undetermined") and not self.document.get("held_by")
        return list(self.document["ask"]) if undecided else []

    @property
    def assumptions(self) -> list[str]:
        """What was taken for granted at questions in sight that nobody asked."""
        in_sight = (self.questions.by_id[name] for name in self.triage.shown)
        return [reason for question in in_sight for reason in self.triage.assumed.get(question.fact, ())]

    @property
    def is_emergency(self) -> bool:
        return self.document.get("tier") == "emergency"

    @property
    def is_recorded(self) -> bool:
        return bool(self.answer) and not self.document.get("undetermined") and not self.document.get("service")

    @property
    def age(self) -> int | None:
        """In whole years today, from the birth date where that is known."""
        age, born = self.triage.facts.get("age"), self.triage.facts.get("born")
        if isinstance(born, str):
            return age_on(date.fromisoformat(born), self.known.today)
        return age if isinstance(age, int) else None

    def fingerprint(self, revision: int) -> str:
        """Of what was read out: the same as long as neither the call nor the answer changes."""
        said = [revision, {key: self.document.get(key) for key in READ_OUT}]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def assess(region: Region, answers: Mapping[str, str], moment: datetime) -> Assessment:
    questions = selectors.current_questions(region).questions
    known = selectors.known_world(region, moment)
    triage = interpret(questions, answers, known)
    parts = {"triage": triage, "questions": questions, "known": known, "moment": moment}
    if is_empty(answers):
        return Assessment(**parts)
    try:
        found = answer(region.slug, Facts.from_document(triage.facts_document), moment)
        provisional, presumed = _provisionally(region, questions, triage, found)
    except RoutingError as error:
        return Assessment(**parts, problem=str(error))
    return Assessment(**parts, answer=found, provisional=provisional, presumed=presumed)


def is_empty(answers: Mapping[str, str]) -> bool:
    return not any(text.strip() for text in answers.values())


def _provisionally(
    region: Region, questions: QuestionSet, triage: Triage, found: Answer
) -> tuple[Answer | None, tuple[Question, ...]]:
    """What comes out if the questions still open get their usual answer; None where those do not decide it."""
    facts, presumed = triage.facts_document, []
    while isinstance(found.decision, Undetermined) and found.decision.held_by is None:
        question = _usually_answered(questions, found.decision, presumed)
        if question is None:
            return None, ()
        presumed.append(question)
        facts = facts | {question.fact: question.presumed_fact}
        found = answer(region.slug, Facts.from_document(facts), found.moment)
    return (found, tuple(presumed)) if presumed else (None, ())


def _usually_answered(questions: QuestionSet, undetermined: Undetermined, presumed: list[Question]) -> Question | None:
    """The first question still open that has a usual answer."""
    for question in map(questions.for_fact, undetermined.ask):
        if question and question.presumed and question not in presumed:
            return question
    return None
