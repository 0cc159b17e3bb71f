"""The example calls of the region, as somebody at the desk answers the questions: who comes out, and why."""

from datetime import datetime
from typing import NamedTuple

import pytest

from tests.triage.conftest import AMSTERDAM
from triage.assessment import assess

pytestmark = pytest.mark.django_db

GIRL = {"category": "ggz", "municipality": "GM0392", "provider": "none", "danger": "no"}
BOY = {"category": "hgkm", "age": "16", "municipality": "Haarlem", "provider": "kenter", "danger": "no"}
SON = {"age": "14", "municipality": "Velsen", "provider": "none", "danger": "no"}
WOMAN = {"category": "ggz", "age": "19", "municipality": "Haarlem", "provider": "none", "danger": "no"}
MAN = {"category": "somatic", "age": "82", "municipality": "Zandvoort", "provider": "none"}


class Call(NamedTuple):
    at: str
    answers: dict[str, str]
    service: str | None
    why: str


CALLS = [
    Call("2026-11-24T10:15", {**GIRL, "age": "15"}, "kenter", "1: GGZ of a minor in Kenter's hours"),
    Call("2026-11-24T16:59:59", {**GIRL, "age": "15"}, "kenter", "2: Kenter's last second"),
    Call("2026-11-24T17:00:00", {**GIRL, "age": "15"}, "ggz-ingeest", "2: hours are half-open"),
    Call("2026-11-23T08:10", {**GIRL, "age": "15"}, "ggz-ingeest", "2: the huisarts is open, Kenter is not"),
    Call("2026-11-24T14:00", {**GIRL, "born": "25-11-2008"}, "kenter", "3: seventeen until tomorrow"),
    Call("2026-11-25T09:00", {**GIRL, "born": "25-11-2008"}, "ggz-ingeest", "3: eighteen today"),
    Call("2027-03-29T11:00", {**GIRL, "age": "14"}, "ggz-ingeest", "4: Easter Monday is a holiday for Kenter"),
    Call("2027-03-26T11:00", {**GIRL, "age": "14"}, "kenter", "4: Good Friday is not"),
    Call("2026-11-24T10:15", {**BOY, "related": "no"}, "veilig-thuis-kennemerland", "6: not about his treatment"),
    Call("2026-11-24T10:15", {**BOY, "related": "yes"}, "kenter", "6: about his treatment"),
    Call(
        "2026-11-28T21:00",
        {"category": "ggz", "weapon": "yes", "children_present": "yes", "age": "34", "municipality": "Haarlem"},
        "meldkamer-112",
        "7: a knife is danger, and nothing else needs asking",
    ),
    Call(
        "2026-11-24T10:15",
        {**GIRL, "age": "15", "provider": "kenter", "dissatisfied": "yes", "new_crisis": "no", "related": "no"},
        None,
        "8: dissatisfied without a new crisis is recorded",
    ),
    Call(
        "2026-11-25T20:30",
        {**SON, "reason": "parenting_breakdown"},
        "veilig-thuis-kennemerland",
        "9: parenting breakdown is HGKM",
    ),
    Call("2026-11-26T03:00", {**WOMAN, "suicidal": "yes", "suicide_attempt": "no"}, "ggz-ingeest", "10: nothing taken"),
    Call("2026-11-26T03:00", {**WOMAN, "suicidal": "yes", "suicide_attempt": "done"}, "meldkamer-112", "10: pills"),
    Call("2026-11-24T20:00", {**MAN, "vital_signs": "yes"}, "meldkamer-112", "11: chest pain"),
    Call("2026-11-24T20:00", {**MAN, "vital_signs": "no", "danger": "no"}, "huisartsenpost", "11: only dizzy"),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.why)
def test_who_comes_out(kennemerland, call):
    found = assess(kennemerland, call.answers, datetime.fromisoformat(call.at).replace(tzinfo=AMSTERDAM))

    assert found.problem == ""
    assert (found.document.get("undetermined"), found.document["service"]) == (None, call.service)


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
