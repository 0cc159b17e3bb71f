"""What answers come to, by the shipped questions: a case table, each row with its why; and the laws."""

from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.package import open_package
from routing.core import NOT_ASKED, NOT_KNOWABLE, Facts
from tests.regions import REGIONS
from triage.core import ErrorCode, Known, interpret, question_set_of
from triage.package import read_questions

QUESTIONS = question_set_of(read_questions(open_package(REGIONS / "kennemerland")))
KNOWN = Known(
    today=date(2026, 11, 24),
    municipalities={"GM0392": "Haarlem", "GM0450": "Uitgeest"},
    providers={"kenter": "Kenter"},
    organisations={"kenter": "Kenter", "veilig-thuis-kennemerland": "Veilig Thuis Kennemerland"},
)


def triage(known: Known = KNOWN, **answers: str):
    return interpret(QUESTIONS, answers, known)


class Outcome(NamedTuple):
    answers: dict[str, str]
    category: str
    danger: object
    urgency: str
    why: str


OUTCOMES = [
    Outcome({}, "", NOT_ASKED, "", "nothing is asked yet"),
    Outcome({"danger": "unknown"}, "", NOT_KNOWABLE, "", "asked and not known differs from not asked"),
    Outcome({"danger": "no", "category": "ggz"}, "ggz", False, "U2", "a psychiatric crisis: within the hour"),
    Outcome({"danger": "yes"}, "", True, "U0", "danger alone is enough"),
    Outcome({"danger": "no", "weapon": "yes"}, "", True, "U0", "one sign of danger wins over a no"),
    Outcome({"category": "ggz", "weapon": "yes"}, "ggz", True, "U0", "call 7: psychotic with a knife"),
    Outcome({"category": "ggz", "suicidal": "yes", "danger": "no"}, "ggz", False, "U2", "call 10: nothing taken"),
    Outcome(
        {"category": "ggz", "suicidal": "yes", "suicide_attempt": "done"}, "ggz", True, "U0", "call 10: pills taken"
    ),
    Outcome({"category": "somatic", "vital_signs": "yes"}, "somatic", True, "U0", "call 11: chest pain"),
    Outcome(
        {"category": "somatic", "vital_signs": "no", "danger": "no"}, "somatic", False, "U3", "call 11: only dizzy"
    ),
    Outcome(
        {"category": "somatic", "weapon": "yes"}, "somatic", True, "U0", "an answer to a hidden question still counts"
    ),
    Outcome(
        {"reason": "parenting_breakdown", "danger": "no"}, "hgkm", False, "", "call 9: parenting breakdown is HGKM"
    ),
    Outcome(
        {"category": "youth_act", "reason": "neglect", "danger": "no"},
        "youth_act",
        False,
        "U3",
        "the category that was answered wins over one that answers point at",
    ),
    Outcome(
        {"category": "hgkm", "children_present": "yes", "danger": "no"}, "hgkm", False, "U2", "the most urgent counts"
    ),
    Outcome({"category": "ggz", "urgency": "U4", "danger": "no"}, "ggz", False, "U4", "a triagist may deviate"),
    Outcome({"category": "ggz", "urgency": "U4", "danger": "yes"}, "ggz", True, "U0", "but never from danger"),
]


@pytest.mark.parametrize("case", OUTCOMES, ids=lambda case: case.why)
def test_outcome(case):
    found = triage(**case.answers)

    assert (found.category, found.danger, found.urgency) == (case.category, case.danger, case.urgency)


class Wrong(NamedTuple):
    question: str
    raw: str
    error: ErrorCode


WRONG = [
    Wrong("age", "zeventien", ErrorCode.AGE_NOT_A_NUMBER),
    Wrong("age", "17,5", ErrorCode.AGE_NOT_A_NUMBER),
    Wrong("age", "١٧", ErrorCode.AGE_NOT_A_NUMBER),
    Wrong("age", "-1", ErrorCode.AGE_OUT_OF_RANGE),
    Wrong("age", "130", ErrorCode.AGE_OUT_OF_RANGE),
    Wrong("born", "morgen", ErrorCode.DATE_UNREADABLE),
    Wrong("born", "25-11-08", ErrorCode.DATE_UNREADABLE),
    Wrong("born", "31-02-2010", ErrorCode.DATE_IMPOSSIBLE),
    Wrong("born", "25-11-2026", ErrorCode.BORN_IN_FUTURE),
    Wrong("born", "01-01-1900", ErrorCode.BORN_TOO_LONG_AGO),
    Wrong("municipality", "Harlem", ErrorCode.MUNICIPALITY_UNKNOWN),
    Wrong("provider", "bestaat-niet", ErrorCode.ORGANISATION_UNKNOWN),
    Wrong("callback_number", "nul zes", ErrorCode.PHONE_UNREADABLE),
    Wrong("callback_number", "06 12", ErrorCode.PHONE_UNREADABLE),
    Wrong("category", "anders", ErrorCode.NOT_AN_OPTION),
    Wrong("topics", "zsm,iets", ErrorCode.NOT_AN_OPTION),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case.question} {case.raw}")
def test_what_cannot_be_read_is_an_error_and_not_a_guess(case):
    found = triage(**{case.question: case.raw})

    assert found.errors == {case.question: case.error}
    assert found.facts.get(case.question, NOT_ASKED) == NOT_ASKED


READABLE = [
    ("age", "0", 0),
    ("age", " 120 ", 120),
    ("age", "?", NOT_KNOWABLE),
    ("age", "Weet ik niet", NOT_KNOWABLE),
    ("born", "25-11-2008", "2008-11-25"),
    ("born", "2008-11-25", "2008-11-25"),
    ("born", "1/3/2010", "2010-03-01"),
    ("municipality", "haarlem", "GM0392"),
    ("municipality", "gm0392", "GM0392"),
    ("municipality", "onbekend", NOT_KNOWABLE),
    ("provider", "none", ""),
    ("provider", "kenter", "kenter"),
    ("provider", "unknown", NOT_KNOWABLE),
    ("related", "unknown", NOT_KNOWABLE),
]


@pytest.mark.parametrize(("question", "raw", "value"), READABLE)
def test_a_fact_as_people_type_it(question, raw, value):
    assert triage(**{question: raw}).facts[question] == value


def test_an_age_that_contradicts_the_birth_date_is_an_error_at_the_age():
    assert triage(age="17", born="25-11-2008").errors == {}
    assert triage(age="18", born="25-11-2008").errors == {"age": ErrorCode.AGE_AND_BIRTH_DATE_DIFFER}


def test_what_nobody_asks_is_assumed_and_says_so():
    found = triage(category="ggz")

    assert (found.facts["hospital"], found.facts["dissatisfied"], found.facts["suicidal"]) == (False, False, False)
    assert found.assumed["hospital"] == ("Niet gevraagd: we gaan ervan uit dat er geen ziekenhuiszorg nodig is.",)
    assert found.facts["danger"] == NOT_ASKED


def test_follow_up_questions_come_into_sight_and_stay_while_they_are_answered():
    assert "suicide_attempt" not in triage(category="ggz").shown
    assert "suicide_attempt" in triage(category="ggz", suicidal="yes").shown
    assert "suicide_attempt" in triage(category="ggz", suicidal="no", suicide_attempt="plan").shown


def test_another_urgency_needs_a_reason():
    assert triage(urgency="U4").missing == ("urgency_reason",)
    assert triage(urgency="U4", urgency_reason="Kind slaapt al.").missing == ()


DERIVED = [
    ("purpose", {"category": "youth_act"}, "resident_crisis_help", "a Jeugdwet crisis is help for a resident"),
    ("purpose", {"reason": "provider_unreachable"}, "partner_reachability", "the own provider did not answer"),
    ("purpose", {"category": "hgkm", "response": "dispatch"}, "vt_dispatch", "going on site for Veilig Thuis"),
    ("reason", {"dissatisfied": "yes"}, "complaint", "who is dissatisfied rings for that"),
    ("response", {"weapon": "yes"}, "dispatch", "danger needs somebody on site"),
    ("response", {"danger": "no"}, "advice", "without danger it is advice until somebody says otherwise"),
    ("misdirected", {"category": "somatic", "caller_kind": "subject"}, "yes", "call 11: rings the crisis line"),
    ("misdirected", {"category": "somatic", "caller_kind": "gp", "danger": "no"}, "no", "a gp rings the right number"),
    ("topics", {"reason": "disturbed_behaviour"}, ("disturbed_behaviour",), "a label follows from the reason"),
]


@pytest.mark.parametrize(("field", "answers", "value", "why"), DERIVED)
def test_registration_answers_itself(field, answers, value, why):
    registered = triage(**answers).registered[field]

    assert (registered.value, registered.derived) == (value, True), why
    assert registered.because


def test_out_of_hours_derives_the_purpose_of_veilig_thuis():
    evening = Known(today=KNOWN.today, office_hours=False)

    assert triage(evening, category="hgkm").registered["purpose"].value == "vt_out_of_hours"


def test_the_answer_of_the_triagist_wins_over_a_derived_one():
    registered = triage(category="youth_act", purpose="advice").registered["purpose"]

    assert (registered.value, registered.derived) == ("advice", False)


# --- Laws ---------------------------------------------------------------------------------------

IDS = [question.id for question in QUESTIONS]
OPTIONS = {question.id: [option.value for option in question.options] for question in QUESTIONS}
SIGNS = [(q.id, option.value) for q in QUESTIONS for option in q.options if option.danger]
TYPED = st.one_of(st.text(), st.sampled_from(sorted({value for values in OPTIONS.values() for value in values})))
CHOSEN = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([*values, ""]) for name, values in OPTIONS.items() if values}
)


@given(st.dictionaries(st.one_of(st.sampled_from(IDS), st.text()), TYPED))
def test_no_text_whatsoever_makes_it_raise_and_the_facts_stay_readable(answers):
    before = dict(answers)
    found = interpret(QUESTIONS, answers, KNOWN)

    assert answers == before, "the raw text is kept"
    Facts.from_document(found.facts_document)


@given(CHOSEN, st.sampled_from(SIGNS))
def test_any_sign_of_danger_wins_over_everything(answers, sign):
    question, value = sign
    found = interpret(QUESTIONS, {**answers, question: value}, KNOWN)

    assert found.danger is True
    assert found.urgency == "U0"
    assert found.facts["danger"] is True
    assert found.reasons["danger"]


@given(CHOSEN)
def test_without_a_sign_it_is_never_danger(answers):
    answers = {name: value for name, value in answers.items() if (name, value) not in SIGNS}

    assert interpret(QUESTIONS, answers, KNOWN).danger is not True


@given(CHOSEN)
def test_whatever_came_out_has_a_reason(answers):
    found = interpret(QUESTIONS, answers, KNOWN)

    assert bool(found.urgency) == bool(found.reasons["urgency"])
    assert bool(found.category) == bool(found.reasons["category"])


@given(CHOSEN)
def test_an_answered_question_is_always_in_sight(answers):
    found = interpret(QUESTIONS, answers, KNOWN)

    assert {name for name, value in answers.items() if value} <= set(found.shown)
