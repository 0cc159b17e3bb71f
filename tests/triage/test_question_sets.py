"""What an editor of `questions.yaml` is told, and that loading is idempotent."""

import pytest

from partners.package import open_package
from tests.regions import REGIONS
from triage.core import InvalidQuestionSet, question_set_of
from triage.models import QuestionSet
from triage.package import read_questions
from triage.selectors import current_questions
from triage.services import load_question_set

SHIPPED = REGIONS / "kennemerland"


def shipped() -> dict:
    return read_questions(open_package(SHIPPED))


def test_the_shipped_questions_have_no_mistakes():
    reader = open_package(SHIPPED)
    read_questions(reader)

    assert reader.mistakes == []


def test_danger_to_life_comes_first_and_every_choice_offers_weet_ik_niet():
    questions = question_set_of(shipped())

    assert questions.questions[0].fact == "danger"
    assert all(question.option("unknown") for question in questions if question.kind == "choice")


MISTAKES = [
    ("    fact: danger\n", "    fact: gevaar\n", "onbekend: gevaar", "a fact that routing does not know"),
    ("    kind: provider\n", "    kind: hulpverlener\n", "onbekend: hulpverlener", "a kind of question"),
    ("  - id: related\n", "  - id: provider\n", "provider bestaat al", "two questions with one name"),
    ("{provider: [known]}", "{aanbieder: [known]}", "niet bestaat: aanbieder", "a condition on no question"),
    ("urgency: U1, because", "urgency: U9, because", "onbekend: U9", "an urgency without a norm"),
    ("    label: Gemeente\n", "", "ontbreekt", "a question without text"),
    (", because: Wapen of dreiging met geweld.", "", "reden nodig", "a sign of danger without its reason"),
    ("    presumed: none\n", "    presumd: none\n", "onbekende sleutel", "a misspelt key"),
    ("    field: reason\n", "    field: topic\n", "onbekend: topic", "a figure that nobody keeps"),
    ("{code: U0, label: direct", "{code: NU, label: direct", "urgentie U0 ontbreekt", "danger without its urgency"),
    ("{code: U5, label", "{code: ooit, label", "4 tekens lang; hoogstens 2", "an urgency longer than its column"),
    ("{value: gp,", "{value: huisarts_of_huisartsenpost,", "hoogstens 20", "a code longer than its column"),
    (
        '  - {code: U0, label: direct, minutes: "0"}',
        "  - {code: U0, label: direct, minutes: nul}",
        "minuten",
        "a norm in words",
    ),
]


@pytest.mark.parametrize(("written", "instead", "message", "why"), MISTAKES)
def test_a_mistake_is_reported_with_file_and_line(tmp_path, written, instead, message, why):
    text = (SHIPPED / "questions.yaml").read_text()
    assert written in text
    (tmp_path / "questions.yaml").write_text(text.replace(written, instead, 1))
    reader = open_package(tmp_path)
    read_questions(reader)

    found = [mistake for mistake in reader.mistakes if message in mistake.message]
    assert found, f"{why}: {reader.mistakes}"
    assert found[0].file == "questions.yaml"
    assert found[0].line > 0


@pytest.mark.parametrize("document", [None, [], "tekst", {}, {"questions": "x"}, {"questions": [1], "urgencies": [[]]}])
def test_a_document_of_another_shape_is_refused_and_never_crashes(document):
    with pytest.raises(InvalidQuestionSet):
        question_set_of(document)


def test_loading_the_same_questions_twice_keeps_one(kennemerland):
    before = current_questions(kennemerland).row
    again = load_question_set(None, kennemerland, shipped())

    assert again == before
    assert QuestionSet.objects.count() == 1


def test_going_back_to_earlier_questions_makes_those_current(kennemerland):
    first = current_questions(kennemerland).row
    changed = shipped()
    changed["questions"][1]["label"] = "Wat speelt er vooral?"
    second = load_question_set(None, kennemerland, changed)
    assert current_questions(kennemerland).row == second

    load_question_set(None, kennemerland, shipped())
    assert current_questions(kennemerland).row == first
