"""Answers in, triage out: category, urgency, danger and facts, each with the reasons a person can check.

How it decides:

1. Every answer is read by itself. Text that cannot be read is an error at its question and never a guess.
2. Any single sign of danger makes it danger, whatever the other answers say.
3. The urgency is the most urgent of what the answers say. A triagist may deviate, except from danger.
4. The category is the one answered; else the only one that answers point at; two different ones decide nothing.
5. A question nobody asked may have an assumed answer (no dissatisfaction, no hospital), and the reasons say so.
6. Registration answers follow from the rest where the question set says how; an answer of the triagist wins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from routing.core import Unknown, age_on

from .questions import (
    NO,
    NONE,
    OFFICE_HOURS,
    UNKNOWN,
    URGENCY_OF_DANGER,
    YES,
    Condition,
    Option,
    Question,
    QuestionSet,
)
from .reading import NOT_ASKED, ErrorCode, Known, Reading, Value, read

FactValue = str | int | bool | Unknown


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration answer; derived ones say from what."""

    value: str | bool | tuple[str, ...]
    derived: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    facts: Mapping[str, FactValue]
    category: str
    urgency: str
    danger: bool | Unknown
    reasons: Mapping[str, tuple[str, ...]]
    assumed: Mapping[str, tuple[str, ...]]
    registered: Mapping[str, Registered]
    errors: Mapping[str, ErrorCode]
    shown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def facts_document(self) -> dict[str, object]:
        """The facts as `routing.core.Facts.from_document` reads them; a birth date is there or it is not."""
        return {
            name: {"unknown": value.value} if isinstance(value, Unknown) else value
            for name, value in self.facts.items()
            if name != "born" or not isinstance(value, Unknown)
        }


def interpret(questions: QuestionSet, answers: Mapping[str, str], known: Known) -> Triage:
    """Never raises, whatever the answers are; questions the set does not have are left aside."""
    readings = {question.id: read(question, answers.get(question.id, ""), known) for question in questions}
    readings = _checked_together(questions, readings, known.today)
    answered = tuple(_answered_options(questions, readings))

    danger, danger_reasons = _danger(questions, readings, answered)
    category, category_reasons = _category(questions, readings, answered)
    urgency, urgency_reasons = _urgency(questions, readings, answered, danger)
    facts, assumptions = _facts(questions, readings, danger, category)

    context = _context(questions, readings, danger, category, known)
    shown = tuple(question.id for question in questions if _is_shown(question, answers, context))
    return Triage(
        facts=facts,
        category=category,
        urgency=urgency,
        danger=danger,
        reasons={"danger": danger_reasons, "category": category_reasons, "urgency": urgency_reasons},
        assumed=assumptions,
        registered=_registered(questions, readings, context),
        errors={name: reading.error for name, reading in readings.items() if reading.error is not None},
        shown=shown,
        missing=tuple(name for name in shown if questions.by_id[name].required and not answers.get(name, "").strip()),
    )


Readings = Mapping[str, Reading]


def _checked_together(questions: QuestionSet, readings: Readings, today: date) -> dict[str, Reading]:
    """An age that contradicts the birth date is an error at the age: the date is the more exact of the two."""
    age_question, born_question = questions.for_fact("age"), questions.for_fact("born")
    checked = dict(readings)
    if age_question and born_question:
        age, born = readings[age_question.id].value, readings[born_question.id].value
        if isinstance(age, int) and isinstance(born, date) and age_on(born, today) != age:
            checked[age_question.id] = Reading(Unknown.NOT_ASKED, ErrorCode.AGE_AND_BIRTH_DATE_DIFFER)
    return checked


def _answered_options(questions: QuestionSet, readings: Readings) -> Iterator[Option]:
    """Also of questions whose condition no longer holds: an answer once given is never silently dropped."""
    for question in questions:
        for value in _as_words(readings[question.id].value):
            option = question.option(value)
            if option is not None:
                yield option


def _as_words(value: Value) -> tuple[str, ...]:
    match value:
        case Unknown.NOT_ASKED:
            return ()
        case Unknown.NOT_KNOWABLE:
            return (UNKNOWN,)
        case bool():
            return (YES if value else NO,)
        case tuple():
            return value
        case _:
            return (str(value),)


def _danger(
    questions: QuestionSet, readings: Readings, answered: tuple[Option, ...]
) -> tuple[bool | Unknown, tuple[str, ...]]:
    signs = tuple(option.because for option in answered if option.danger)
    if signs:
        return True, signs
    question = questions.for_fact("danger")
    value = readings[question.id].value if question else Unknown.NOT_ASKED
    if isinstance(value, bool | Unknown):
        return value, ()
    return Unknown.NOT_ASKED, ()


def _category(questions: QuestionSet, readings: Readings, answered: tuple[Option, ...]) -> tuple[str, tuple[str, ...]]:
    question = questions.for_fact("category")
    chosen = readings[question.id].value if question else Unknown.NOT_ASKED
    if question and isinstance(chosen, str):
        option = question.option(chosen)
        return chosen, (option.because or option.label,) if option else ()
    pointing = [option for option in answered if option.category]
    if len({option.category for option in pointing}) == 1:
        return pointing[0].category, tuple(option.because for option in pointing)
    return "", ()


def _urgency(
    questions: QuestionSet, readings: Readings, answered: tuple[Option, ...], danger: bool | Unknown
) -> tuple[str, tuple[str, ...]]:
    if danger is True:
        return URGENCY_OF_DANGER, tuple(option.because for option in answered if option.danger)
    for question in questions:
        chosen = readings[question.id].value
        if question.field == "urgency" and isinstance(chosen, str):
            return chosen, ("Gekozen door de triagist.",)
    speaking = [option for option in answered if option.urgency]
    if not speaking:
        return "", ()
    highest = min(option.urgency for option in speaking)
    return highest, tuple(option.because for option in speaking if option.urgency == highest)


def _facts(
    questions: QuestionSet, readings: Readings, danger: bool | Unknown, category: str
) -> tuple[dict[str, FactValue], dict[str, tuple[str, ...]]]:
    facts: dict[str, FactValue] = {}
    assumptions: dict[str, tuple[str, ...]] = {}
    for question in questions:
        if not question.fact:
            continue
        reading = readings[question.id]
        if reading == NOT_ASKED and question.assumed:
            reading = Reading(question.assumed_fact)
            assumptions[question.fact] = (question.assumed_because or f"Niet gevraagd: {question.label}",)
        facts[question.fact] = _fact_value(reading.value)
    facts["danger"] = danger
    if category:
        facts["category"] = category
    return facts, assumptions


def _fact_value(value: Value) -> FactValue:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(value)
    return value


def _context(
    questions: QuestionSet, readings: Readings, danger: bool | Unknown, category: str, known: Known
) -> dict[str, frozenset[str]]:
    """What conditions look at: the answers per question, with danger and category as they came out."""
    context = {question.id: frozenset(_condition_words(readings[question.id])) for question in questions}
    for fact, value in (("danger", danger), ("category", category or None)):
        question = questions.for_fact(fact)
        if question and value is not None:
            context[question.id] = frozenset(_as_words(value))
    context[OFFICE_HOURS] = frozenset({YES if known.office_hours else NO})
    return context


def _condition_words(reading: Reading) -> tuple[str, ...]:
    if reading.value == "":
        return (NONE,)
    return (*_as_words(reading.value), "known") if reading.known else _as_words(reading.value)


def _holds(condition: Condition, context: Mapping[str, frozenset[str]]) -> bool:
    return all(values & context.get(name, frozenset()) for name, values in condition.items())


def _is_shown(question: Question, answers: Mapping[str, str], context: Mapping[str, frozenset[str]]) -> bool:
    """An answered question stays in sight: its answer counts."""
    if not question.shown_when or answers.get(question.id, "").strip():
        return True
    return any(_holds(condition, context) for condition in question.shown_when)


def _registered(
    questions: QuestionSet, readings: Readings, context: Mapping[str, frozenset[str]]
) -> dict[str, Registered]:
    found: dict[str, Registered] = {}
    for question in questions:
        if not question.field:
            continue
        value = readings[question.id].value
        if isinstance(value, str | bool | tuple):
            found[question.field] = Registered(value)
        elif value is Unknown.NOT_ASKED and (derived := _derived(question, context)):
            found[question.field] = derived
    return found


def _derived(question: Question, context: Mapping[str, frozenset[str]]) -> Registered | None:
    """The first derivation that holds; for labels every one that holds."""
    holding = [rule for rule in question.derived if _holds(rule.when, context)]
    if not holding:
        return None
    if question.kind == "several":
        values = tuple(dict.fromkeys(rule.value for rule in holding))
        return Registered(values, derived=True, because=" ".join(rule.because for rule in holding))
    return Registered(holding[0].value, derived=True, because=holding[0].because)
