"""The example calls of the agreement, asked by the command and by the API."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.example_calls import BY_NAME, CALLS, Call

EACH_CALL = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)


@EACH_CALL
def test_the_command_answers(kennemerland, call):
    assert _outcome(_decide(call)) == (call.service, sorted(call.also)), call.why


@EACH_CALL
def test_the_api_answers_the_same(kennemerland, client, bearer, call):
    response = client.get("/api/v1/lookup/", _as_query(call), headers=bearer("police"))
    assert response.status_code == 200, response.json()
    assert _outcome(response.json()) == (call.service, sorted(call.also)), call.why
    assert response.json() == _decide(call)


def test_the_double_hour_means_the_first_and_says_so(kennemerland):
    answer = _decide(BY_NAME["5"])
    assert answer["at"] == "2026-10-25T02:30:00+02:00"
    assert any("twee keer" in remark for remark in answer["remarks"])
    assert any("THV" in remark for remark in answer["remarks"])


def test_the_next_ones_end_with_the_duty_lead(kennemerland):
    answer = _decide(BY_NAME["1"])
    assert answer["next"] == ["ggz-ingeest", "icd-kennemerland"]
    assert answer["holds_until"] == "2026-11-24T17:00:00+01:00"


@pytest.mark.parametrize("name", ["7", "8"])
def test_emergency_and_recorded_have_no_next(kennemerland, name):
    assert _decide(BY_NAME[name])["next"] == []


@pytest.mark.parametrize(
    ("category", "service", "why"),
    [
        ("youth_act", "icd-nhn", "for youth help Uitgeest belongs to Noord-Holland Noord"),
        ("hgkm", "veilig-thuis-kennemerland", "for all else to Kennemerland"),
    ],
)
def test_uitgeest_belongs_to_another_icd(kennemerland, category, service, why):
    girl = {"category": category, "age": 13, "municipality": "GM0450"}
    assert _decide(BY_NAME["1"]._replace(facts=girl))["service"] == service, why


def _decide(call: Call) -> dict:
    out = StringIO()
    call_command("decide", "--region", "kennemerland", "--at", call.at, *_as_arguments(call), stdout=out)
    return json.loads(out.getvalue())


def _as_arguments(call: Call) -> list[str]:
    words: list[str] = []
    for name, value in call.facts.items():
        if isinstance(value, bool):
            words.append(f"--{name}" if value else f"--un{name}")
        else:
            words += [f"--{name}", str(value)]
    return words


def _as_query(call: Call) -> dict[str, object]:
    facts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in call.facts.items()}
    return {"region": "kennemerland", "at": call.at, **facts}


def _outcome(answer: dict) -> tuple:
    also = sorted((each["organisation"], each["kind"], each["obligatory"]) for each in answer["also"])
    return answer["service"], also
