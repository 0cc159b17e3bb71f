"""`POST /api/v1/contacts/`: a call logged by another system, once, with every mistake named."""

import pytest
import time_machine

from routing.models import Case
from tests.triage.conftest import TUESDAY_MORNING
from triage.models import Contact, Draft

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/contacts/"
CALL = {
    "narrative": "Meisje van 15, psychotisch.",
    "category": "ggz",
    "age": 15,
    "municipality": "GM0392",
    "caller_kind": "gp",
    "topics": ["wvggz"],
    "summary": "Graag overnemen.",
}


@pytest.fixture(autouse=True)
def tuesday_morning():
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        yield


@pytest.fixture
def send(client, kennemerland, bearer):
    def post(body, key="sleutel-1", username="worker"):
        headers = bearer(username) | ({"Idempotency-Key": key} if key else {})
        return client.post(ADDRESS, body, content_type="application/json", headers=headers)

    return post


def fields(response) -> set[str]:
    return {error["field"] for error in response.json()["errors"]}


def nothing_is_written() -> bool:
    return not (Contact.objects.exists() or Case.objects.exists() or Draft.objects.exists())


def test_a_call_is_logged_and_handed_over(send):
    response = send(CALL)

    assert response.status_code == 201
    said, contact = response.json(), Contact.objects.get()
    assert (said["id"], said["case"], said["handover"]) == (contact.pk, contact.case_id, contact.decision.handover.pk)
    assert said["answer"]["organisation"] == "kenter"
    assert contact.topics == ["wvggz"]
    assert contact.decision.handover.situation == "Graag overnemen."


def test_the_same_key_gives_the_same_contact(send):
    first, second = send(CALL), send(CALL)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Contact.objects.count() == 1


def test_the_key_is_required(send):
    response = send(CALL, key="")

    assert response.status_code == 400
    assert fields(response) == {"Idempotency-Key"}
    assert nothing_is_written()


WRONG = [
    ({"born": "2010-02-31"}, {"born"}, "a date that does not exist"),
    ({"category": "iets"}, {"category"}, "an unknown category"),
    ({"danger": "misschien"}, {"danger"}, "neither yes nor no"),
    ({"callback_number": "nul zes"}, {"callback_number"}, "no phone number"),
    ({"subject_name": "x" * 121}, {"subject_name"}, "a name longer than its column"),
    ({"leeftijd": 15}, {"leeftijd"}, "a field that does not exist"),
    ({"narrative": {"tekst": "x"}}, {"narrative"}, "an object where text belongs"),
    ({"chosen_service": "kenter2", "chosen_reason": "agreed"}, {"chosen_service"}, "an unknown service"),
]


@pytest.mark.parametrize(("change", "wrong", "why"), WRONG)
def test_a_mistake_is_named_at_its_field_and_nothing_is_written(send, change, wrong, why):
    response = send(CALL | change)

    assert response.status_code == 400, why
    assert response["Content-Type"] == "application/problem+json"
    assert fields(response) == wrong, why
    assert nothing_is_written()


@pytest.mark.parametrize(
    ("change", "wrong", "why"), [row for row in WRONG if not row[1] & {"danger", "chosen_service"}]
)
def test_in_danger_nothing_is_refused_and_all_of_it_is_kept(send, change, wrong, why):
    response = send(CALL | change | {"danger": True})

    assert response.status_code == 201, why
    assert response.json()["answer"]["service"] == "meldkamer-112"
    assert wrong <= set(Contact.objects.get().answers)


def test_a_place_outside_the_regions_is_helped(send):
    response = send(CALL | {"municipality": "elsewhere"})

    assert response.json()["answer"]["service"] == "icd-kennemerland-duty"


def test_what_still_decides_is_asked_for(send):
    response = send({"narrative": "Iemand is in de war.", "category": "ggz"})

    assert response.status_code == 422
    assert "age" in fields(response)
    assert nothing_is_written()


def test_facts_that_exclude_each_other_say_why(send):
    response = send(CALL | {"category": "youth_act", "age": 40})

    assert response.status_code == 400
    assert "23" in response.json()["errors"][0]["message"]


def test_true_is_yes_and_a_sign_of_danger_goes_to_112(send):
    assert send(CALL | {"danger": True}).json()["answer"]["service"] == "meldkamer-112"


@pytest.mark.parametrize("username", ["police", "kenter", "manager", "privacy"])
def test_who_takes_no_calls_logs_none(send, username):
    assert send(CALL, username=username).status_code == 403
    assert nothing_is_written()


def test_what_is_recorded_and_not_routed_has_no_handover(send):
    said = send(CALL | {"provider": "kenter", "related": False, "dissatisfied": True}).json()

    assert (said["outcome"], said["case"], said["handover"]) == ("recorded", None, None)


UNSTORABLE = [
    # body                                              why
    ('{"danger": true, "narrative": "a\\ud800b"}', "half of a surrogate pair"),
    ('{"danger": true, "summary": "\\udfff"}', "the other half, in the read-back"),
    ('{"danger": true, "\\u0000": "x"}', "a NUL in a name"),
    ('{"danger": true, "age": {"a": "\\ud800"}}', "deeper in a value that cannot be read either"),
]


@pytest.mark.parametrize(("body", "why"), UNSTORABLE)
def test_in_danger_what_cannot_be_stored_stops_no_call(send, body, why):
    sent = send(body)

    assert sent.status_code == 201, why
    assert sent.json()["answer"]["organisation"] == "meldkamer-112"


@pytest.mark.parametrize("body", ["[" * 100_000, '{"\\ud800": "x"}'])
def test_json_that_means_nothing_is_refused(send, body):
    assert send(body).status_code == 400


def test_an_idempotency_key_that_cannot_be_stored_is_refused(send):
    assert fields(send(CALL, key="a\x00b")) == {"Idempotency-Key"}
