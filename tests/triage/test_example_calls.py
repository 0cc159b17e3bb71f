"""The example calls of the region, as somebody at the desk answers the questions: who comes out, and why."""

from datetime import datetime

import pytest

from tests.example_calls import AMSTERDAM, BY_NAME, CALLS
from triage.assessment import assess

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_who_comes_out(kennemerland, call):
    found = assess(kennemerland, call.typed, call.moment)

    assert found.problem == ""
    assert found.document.get("undetermined") is None
    also = {(each["organisation"], each["kind"], each["obligatory"]) for each in found.document["also"]}
    assert (found.document["service"], also) == (call.service, set(call.also)), call.why


@pytest.mark.parametrize("name", ["11", "11 dizzy"])
def test_a_call_for_another_number_is_counted_as_misdirected_and_still_helped(kennemerland, name):
    call = BY_NAME[name]
    found = assess(kennemerland, call.typed, call.moment)

    assert found.triage.registered["misdirected"].value == "yes"
    assert found.document["service"] == call.service


def test_before_danger_is_asked_the_provisional_answer_says_what_it_presumes(kennemerland):
    answers = {"category": "ggz", "age": "15", "municipality": "GM0392"}
    found = assess(kennemerland, answers, datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM))

    assert found.ask
    assert found.provisional.document["service"] == "kenter"
    assert {question.fact for question in found.presumed} == {"danger", "provider"}


def test_what_no_usual_answer_decides_has_no_provisional_answer(kennemerland):
    found = assess(kennemerland, {"narrative": "Iemand huilt."}, datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM))

    assert found.provisional is None
    assert "category" in found.ask


def test_facts_that_exclude_each_other_say_why(kennemerland):
    answers = {"category": "youth_act", "age": "40", "municipality": "GM0392", "provider": "none", "danger": "no"}
    found = assess(kennemerland, answers, datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM))

    assert "23" in found.problem
    assert found.answer is None
