"""The example calls of the agreement, each with its why, asked by the command and by the API."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

CONSULT_GGZ = ("ggz-ingeest", "consult", False)
MUST_CONSULT_GGZ = ("ggz-ingeest", "consult", True)
MUST_CONSULT_VT = ("veilig-thuis-kennemerland", "consult", True)
INFORM_KENTER = ("kenter", "inform", True)
POINT_TO_113 = ("113", "in_addition", False)

GIRL_15 = "--category ggz --age 15 --municipality GM0392"
GIRL_14 = "--category ggz --age 14 --municipality GM0392"
BORN = "--category ggz --born 2008-11-25 --municipality GM0392"
BOY_16 = "--category hgkm --age 16 --municipality Haarlem --provider kenter"

CALLS = [
    # call, question, service, also, why
    ("1", f"{GIRL_15} --at 2026-11-24T10:15", "kenter", [], "GGZ under 18 within Kenter's hours"),
    ("2 17:00", f"{GIRL_15} --at 2026-11-24T17:00:00", "ggz-ingeest", [], "Kenter closes at 17:00 sharp"),
    ("2 16:59:59", f"{GIRL_15} --at 2026-11-24T16:59:59", "kenter", [], "intervals are half-open: still open"),
    ("2 monday", f"{GIRL_15} --at 2026-11-23T08:10", "ggz-ingeest", [], "Kenter opens at 08:30, the huisarts at 08:00"),
    ("3 at 17", f"{BORN} --at 2026-11-24T14:00", "kenter", [], "the day before the birthday: 17"),
    ("3 at 18", f"{BORN} --at 2026-11-25T09:00", "ggz-ingeest", [], "18 today, on the Amsterdam date"),
    ("4 easter", f"{GIRL_14} --at 2027-03-29T11:00", "ggz-ingeest", [], "Easter Monday is a holiday at Kenter"),
    ("4 good friday", f"{GIRL_14} --at 2027-03-26T11:00", "kenter", [], "Good Friday is a working day"),
    (
        "5",
        "--category hgkm --age 8 --municipality GM0392 --at 2026-10-25T02:30",
        "veilig-thuis-kennemerland",
        [CONSULT_GGZ],
        "a child hit is HGKM, 24/7; the hour occurs twice",
    ),
    (
        "6",
        f"{BOY_16} --unrelated --at 2026-11-24T10:15",
        "veilig-thuis-kennemerland",
        [CONSULT_GGZ, INFORM_KENTER],
        "the crisis is not about the treatment: VT leads, Kenter hears of it",
    ),
    ("6 related", f"{BOY_16} --related --at 2026-11-24T10:15", "kenter", [CONSULT_GGZ], "existing client first"),
    (
        "7",
        "--category ggz --age 34 --municipality GM0392 --danger --at 2026-11-28T21:00",
        "meldkamer-112",
        [MUST_CONSULT_VT, MUST_CONSULT_GGZ],
        "a knife and two children: 112 first, consultation obligatory",
    ),
    (
        "8",
        "--category ggz --age 15 --municipality GM0392 --provider kenter --unrelated --dissatisfied "
        "--at 2026-11-24T10:15",
        None,
        [INFORM_KENTER],
        "dissatisfaction is recorded and goes to Kenter's management; no new crisis",
    ),
    (
        "9",
        "--category hgkm --age 14 --municipality GM0392 --at 2026-11-25T20:30",
        "veilig-thuis-kennemerland",
        [CONSULT_GGZ],
        "pedagogische onmacht is HGKM, also without violence",
    ),
    (
        "10",
        "--category ggz --age 19 --municipality GM0392 --suicidal --at 2026-11-26T03:00",
        "ggz-ingeest",
        [POINT_TO_113],
        "thoughts of suicide: GGZ by warm transfer, 113 in addition, never instead",
    ),
    (
        "10 pills",
        "--category ggz --age 19 --municipality GM0392 --suicidal --danger --at 2026-11-26T03:00",
        "meldkamer-112",
        [MUST_CONSULT_VT, MUST_CONSULT_GGZ, POINT_TO_113],
        "pills taken: life in danger",
    ),
    (
        "11",
        "--category somatic --age 82 --municipality GM0392 --danger --at 2026-11-24T20:00",
        "meldkamer-112",
        [],
        "chest pain: life in danger",
    ),
    (
        "11 dizzy",
        "--category somatic --age 82 --municipality GM0392 --at 2026-11-24T20:00",
        "huisartsenpost",
        [],
        "only dizzy, in the evening: the GP hours are over",
    ),
]
EACH_CALL = pytest.mark.parametrize(
    ("question", "service", "also"),
    [pytest.param(question, service, also, id=call) for call, question, service, also, _why in CALLS],
)


@EACH_CALL
def test_the_command_answers(kennemerland, question, service, also):
    assert _outcome(_decide(question)) == (service, sorted(also))


@EACH_CALL
def test_the_api_answers_the_same(kennemerland, client, bearer, question, service, also):
    response = client.get("/api/v1/lookup/", _as_query(question), headers=bearer("police"))
    assert response.status_code == 200, response.json()
    assert _outcome(response.json()) == (service, sorted(also))
    assert response.json() == _decide(question)


def test_the_double_hour_means_the_first_and_says_so(kennemerland):
    answer = _decide("--category hgkm --age 8 --municipality GM0392 --at 2026-10-25T02:30")
    assert answer["at"] == "2026-10-25T02:30:00+02:00"
    assert any("twee keer" in remark for remark in answer["remarks"])
    assert any("THV" in remark for remark in answer["remarks"])


def test_the_next_ones_end_with_the_duty_lead(kennemerland):
    answer = _decide(f"{GIRL_15} --at 2026-11-24T10:15")
    assert answer["next"] == ["ggz-ingeest", "icd-kennemerland"]
    assert answer["holds_until"] == "2026-11-24T17:00:00+01:00"


@pytest.mark.parametrize("call", ["7", "8"])
def test_emergency_and_recorded_have_no_next(kennemerland, call):
    question = next(question for name, question, *_rest in CALLS if name == call)
    assert _decide(question)["next"] == []


def test_uitgeest_belongs_to_another_icd(kennemerland):
    youth = _decide("--category youth_act --age 13 --municipality GM0450 --at 2026-11-24T10:15")
    violence = _decide("--category hgkm --age 13 --municipality GM0450 --at 2026-11-24T10:15")
    assert (youth["service"], violence["service"]) == ("icd-nhn", "veilig-thuis-kennemerland")


def _decide(question: str) -> dict:
    out = StringIO()
    call_command("decide", "--region", "kennemerland", *question.split(), stdout=out)
    return json.loads(out.getvalue())


def _as_query(question: str) -> dict[str, str]:
    """The same names as query parameters; `--unrelated` is related=false."""
    query, name = {"region": "kennemerland"}, ""
    for word in question.split():
        if word.startswith("--"):
            name = word[2:].replace("-", "_")
            query["related" if name == "unrelated" else name] = "false" if name == "unrelated" else "true"
        else:
            query[name] = word
    return query


def _outcome(answer: dict) -> tuple:
    also = sorted((each["organisation"], each["kind"], each["obligatory"]) for each in answer["also"])
    return answer["service"], also
