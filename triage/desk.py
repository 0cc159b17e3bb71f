"""What the desk page shows of a call: its questions with what was typed, and everything that follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from partners.models import Organisation

from . import selectors
from .assessment import Assessment, assess
from .choices import ChosenReason
from .core import NONE, UNKNOWN, Question, QuestionSet, question_set_of
from .core.questions import GROUPS, NO, YES
from .messages import error_message
from .models import Contact, Draft
from .read_back import callback_number, label_of

SEVERAL = ("several", "organisations")
ABOUT_DANGER = ("danger", "new_crisis")


@dataclass(frozen=True, slots=True)
class Field:
    """A question on the page: what was typed, what is wrong with it, and what follows by itself."""

    question: Question
    raw: str
    error: str
    shown: bool
    options: tuple[tuple[str, str, bool], ...]
    derived: str
    because: str

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def is_radio(self) -> bool:
        return self.question.kind == "choice" and self.question.group != "figures"

    @property
    def is_select(self) -> bool:
        return self.question.kind == "provider" or (self.question.kind == "choice" and not self.is_radio)


def answers_from(questions: QuestionSet, posted: QueryDict) -> dict[str, str]:
    """What was typed per question; several ticked boxes become one answer."""
    return {question.id: typed(posted, question.id, several=question.kind in SEVERAL) for question in questions}


def typed(posted: QueryDict, name: str, *, several: bool = False) -> str:
    """What was typed, without NUL, which PostgreSQL keeps in no text."""
    return (",".join(posted.getlist(name)) if several else posted.get(name, "")).replace("\x00", "")


def live_context(actor: Actor, draft: Draft, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All that changes while typing."""
    typed = draft.answers if answers is None else answers
    assessment = assess(draft.region, typed, timezone.now())
    return {
        "draft": draft,
        "assessment": assessment,
        "answer": assessment.document or None,
        "fields": list(_fields(assessment, typed)),
        "needed": [
            question
            for question in map(assessment.questions.for_fact, assessment.ask)
            if question and question.id in assessment.triage.shown
        ],
        "urgency": assessment.questions.urgency(assessment.triage.urgency),
        "earlier": selectors.earlier_contacts(actor, callback_number(assessment)),
        "duplicates": _duplicates(actor, assessment),
    }


def page_context(actor: Actor, draft: Draft) -> dict[str, Any]:
    context = live_context(actor, draft)
    grouped = {group: [field for field in context["fields"] if field.question.group == group] for group in GROUPS}
    return {
        **context,
        **grouped,
        "municipalities": context["assessment"].known.municipalities.values(),
        "drafts": list(selectors.open_drafts(actor)),
        "next_revision": draft.revision + 1,
    }


def _duplicates(actor: Actor, assessment: Assessment) -> list:
    municipality = assessment.triage.facts.get("municipality")
    return selectors.possible_duplicates(
        actor,
        category=assessment.triage.category,
        municipality=municipality if isinstance(municipality, str) else "",
        age=assessment.age,
    )


def _fields(assessment: Assessment, answers: Mapping[str, str]) -> Iterator[Field]:
    triage = assessment.triage
    for question in assessment.questions:
        raw = answers.get(question.id, "")
        registered = triage.registered.get(question.field)
        derived = registered if registered and registered.derived else None
        error = triage.errors.get(question.id)
        yield Field(
            question=question,
            raw=raw,
            error=error_message(error, question) if error else "",
            shown=question.id in triage.shown,
            options=tuple(_options(question, raw, assessment)),
            derived=label_of(question, derived),
            because=derived.because if derived else "",
        )


def _options(question: Question, raw: str, assessment: Assessment) -> Iterator[tuple[str, str, bool]]:
    chosen = raw.split(",") if question.kind in SEVERAL else [raw]
    match question.kind:
        case "provider":
            offered = [(NONE, _("Geen")), (UNKNOWN, _("Weet ik niet")), *assessment.known.providers.items()]
        case "organisations":
            offered = list(assessment.known.organisations.items())
        case _:
            offered = [(option.value, option.label) for option in question.options]
    for value, label in offered:
        yield value, label, value in chosen


def contact_lines(contact: Contact) -> list[tuple[str, str]]:
    """Every question with its answer in words: as given, or as it followed by itself; typed text as it was typed."""
    if contact.question_set is None:
        return list(contact.answers.items())
    names = dict(Organisation.objects.values_list("slug", "name"))
    questions = question_set_of(contact.question_set.document)
    lines = ((question.label, _in_words(question, _given(contact, question), names)) for question in questions)
    return [(label, answer) for label, answer in lines if answer]


def danger_lines(contact: Contact) -> list[tuple[str, str]]:
    """That danger was checked: each question about it with its answer in words."""
    if contact.question_set is None:
        return []
    questions = question_set_of(contact.question_set.document)
    return _danger_lines(questions, {question.id: _given(contact, question) for question in questions})


def danger_lines_of_call(assessment: Assessment, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    return _danger_lines(assessment.questions, answers)


def _danger_lines(questions: QuestionSet, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The two that decide it always; the signs of it as far as they were asked."""
    lines = []
    for question in questions:
        raw = answers.get(question.id, "")
        if question.fact in ABOUT_DANGER or (raw and any(option.danger for option in question.options)):
            lines.append((question.label, _in_words(question, raw, {}) if raw else _("niet gevraagd")))
    return lines


def _given(contact: Contact, question: Question) -> str:
    raw = contact.answers.get(question.id, "")
    if raw or not question.field:
        return raw
    registered = getattr(contact, question.field)
    match registered:
        case bool():
            return YES if registered else NO
        case list():
            return ",".join(registered)
    return registered if question.field != "urgency" else ""


def _in_words(question: Question, raw: str, names: dict[str, str]) -> str:
    values = raw.split(",") if question.kind in SEVERAL else [raw]
    if question.kind in ("provider", "organisations"):
        words = {NONE: _("Geen"), UNKNOWN: _("Weet ik niet"), **names}
        return ", ".join(words.get(value, value) for value in values)
    return ", ".join(option.label if (option := question.option(value)) else value for value in values)


def chosen_in_words(contact: Contact) -> dict[str, str]:
    """What the triagist chose instead of the answer, and why; empty where the answer stood."""
    decision = contact.decision
    if decision is None or not decision.chosen_reason:
        return {}
    return {
        "service": str(decision.service),
        "reason": str(ChosenReason(decision.chosen_reason).label),
        "note": decision.chosen_note,
    }
