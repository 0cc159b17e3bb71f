"""What people and systems get wrong: a clear message at the field, nothing lost, nothing written."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from partners.actors import actor_of
from routing.models import Case, Decision, Handover, LeadPeriod
from tests.example_calls import BY_NAME
from triage.models import Contact, Draft
from triage.services import log_contact, save_draft, start_draft

GIRL = BY_NAME["1"]
WRITTEN = (Contact, Case, Decision, Handover, LeadPeriod)
PROBLEM = "application/problem+json"

# As typed at the desk, in place of what the girl's call has.
AT_THE_DESK = [
    # what was typed, field, message, why
    ({"municipality": "Harlem"}, "municipality", "Kies een gemeente uit de lijst", "unknown municipality"),
    ({"age": "-1"}, "age", "van 0 tot en met 120", "nobody is minus one"),
    ({"age": "130"}, "age", "van 0 tot en met 120", "nobody is 130"),
    ({"age": "zeventien"}, "age", "in cijfers", "in words"),
    ({"provider": "kentr"}, "provider", "Kies er een uit de lijst", "a provider that is not in the list"),
]
# As the API is sent; the same mistakes at both its doors, under the same field names.
OVER_THE_API = [
    # wrong, field, message, why
    ({"municipality": "Harlem"}, "municipality", "niet bekend", "unknown municipality"),
    ({"age": -1}, "age", "120", "nobody is minus one"),
    ({"age": 130}, "age", "120", "nobody is 130"),
    ({"age": "zeventien"}, "age", "cijfers", "in words"),
    ({"provider": "kentr"}, "provider", "niet bekend", "unknown provider"),
]


@pytest.fixture(autouse=True)
def tuesday_morning():
    with time_machine.travel(GIRL.moment, tick=False):
        yield


@pytest.fixture
def wilma(kennemerland, demo_users):
    return actor_of(demo_users["worker"])


@pytest.fixture
def at_the_desk(client, wilma) -> Client:
    client.force_login(wilma.user)
    return client


def written() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


def desk(name: str, draft: Draft) -> str:
    return reverse(name, args=[draft.pk])


@pytest.mark.parametrize(("typed", "field", "message", "why"), AT_THE_DESK)
def test_at_the_desk(at_the_desk, wilma, typed, field, message, why):
    answers = {**GIRL.typed, **typed}
    draft = start_draft(wilma)
    at_the_desk.post(desk("desk-save", draft), {**answers, "revision": "1"})

    refused = at_the_desk.post(desk("desk-confirm", draft), {"shown": "", "summary": "Zo gezegd."})

    assert refused.status_code == 422, why
    told = {each.id: each.error for each in refused.context["fields"] if each.error}
    assert told.keys() == {field}
    assert message in told[field]
    assert f'id="error-{field}"' in refused.content.decode()
    assert Draft.objects.get(pk=draft.pk).answers == answers, "nothing is lost"
    assert written() == [0] * len(WRITTEN)


@pytest.mark.parametrize(("wrong", "field", "message", "why"), OVER_THE_API)
def test_a_call_over_the_api(client, kennemerland, bearer, wrong, field, message, why):
    call = {**GIRL.facts, **wrong}
    headers = bearer("worker") | {"Idempotency-Key": "een"}
    refused = client.post("/api/v1/contacts/", json.dumps(call), content_type="application/json", headers=headers)

    assert refused.status_code == 400, why
    assert problems(refused).keys() == {field}
    assert message in problems(refused)[field]
    assert written() == [0] * len(WRITTEN)


@pytest.mark.parametrize(("wrong", "field", "message", "why"), OVER_THE_API)
def test_a_lookup_over_the_api(client, kennemerland, bearer, wrong, field, message, why):
    refused = client.get("/api/v1/lookup/", {**GIRL.facts, **wrong}, headers=bearer("police"))

    assert refused.status_code == 400, why
    assert problems(refused).keys() == {field}
    assert message in problems(refused)[field]


SKIPPED_HOUR = "2026-03-29T02:30"


class TestAnHourThatDoesNotExist:
    """In the night of 29 March 2026 the clock went from 02:00 to 03:00."""

    def test_over_the_api(self, client, kennemerland, bearer):
        refused = client.get("/api/v1/lookup/", {**GIRL.facts, "at": SKIPPED_HOUR}, headers=bearer("police"))

        assert refused.status_code == 400
        assert "02:30 bestaat niet" in problems(refused)["at"]

    def test_on_the_lookup_page(self, client, kennemerland, demo_users):
        client.force_login(demo_users["police"])
        refused = client.get(reverse("lookup"), {**GIRL.facts, "at": SKIPPED_HOUR})

        assert refused.status_code == 422
        assert "02:30 bestaat niet" in refused.content.decode()
        assert f'value="{SKIPPED_HOUR}"' in refused.content.decode(), "what was filled in stays"

    def test_by_command(self, kennemerland):
        err = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("decide", "--region", "kennemerland", "--at", SKIPPED_HOUR, stderr=err)
        assert ended.value.code == 2
        assert "--at" in err.getvalue()


@pytest.mark.parametrize("body", ["{", "", "[]", '"tekst"', "1", "null", "{}", '{"age": null}'])
def test_malformed_json(client, kennemerland, bearer, body):
    headers = bearer("worker") | {"Idempotency-Key": "een"}
    refused = client.post("/api/v1/contacts/", body, content_type="application/json", headers=headers)

    assert (refused.status_code, refused["Content-Type"]) == (400, PROBLEM)
    assert refused.json()["detail"] or refused.json()["errors"]
    assert written() == [0] * len(WRITTEN)


def test_confirming_an_empty_call(at_the_desk, wilma):
    draft = start_draft(wilma)
    refused = at_the_desk.post(desk("desk-confirm", draft), {"shown": ""})

    assert refused.status_code == 422
    assert "Er is nog niets ingevuld" in refused.content.decode()
    assert Draft.objects.get(pk=draft.pk).ended_at is None
    assert written() == [0] * len(WRITTEN)


def test_a_second_confirm_is_one_contact(at_the_desk, wilma):
    draft = save_draft(wilma, start_draft(wilma).pk, GIRL.typed, revision=1)
    shown = {"shown": at_the_desk.get(desk("desk-readback", draft)).context["shown"]}
    first = at_the_desk.post(desk("desk-confirm", draft), shown)
    after_the_first = written()
    second = at_the_desk.post(desk("desk-confirm", draft), shown)

    assert first["Location"] == second["Location"]
    assert written() == after_the_first == [1] * len(WRITTEN)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({}, "reason", "no reason at all"),
        ({"reason": "", "note": "Vol."}, "reason", "a note is no reason"),
        ({"reason": "zin"}, "reason", "not one of the reasons"),
        ({"reason": "other"}, "note", "other, without saying what"),
    ],
)
class TestDecliningWithoutReason:
    @pytest.fixture
    def offered(self, wilma) -> Handover:
        return log_contact(wilma, GIRL.typed).decision.handover

    def test_in_the_inbox(self, client, demo_users, offered, given, field, why):
        before = written()
        client.force_login(demo_users["kenter"])
        refused = client.post(reverse("handover-decline", args=[offered.pk]), given)

        assert refused.status_code == 422, why
        assert refused.context["decline_form"].errors.keys() == {field}
        assert given.get("note", "") in refused.content.decode()
        assert self.still_offered(offered)
        assert written() == before

    def test_over_the_api(self, client, bearer, offered, given, field, why):
        url = f"/api/v1/handovers/{offered.pk}/decline/"
        refused = client.post(url, json.dumps(given), content_type="application/json", headers=bearer("kenter"))

        assert refused.status_code == 400, why
        assert problems(refused).keys() == {field}
        assert self.still_offered(offered)

    @staticmethod
    def still_offered(handover: Handover) -> bool:
        handover.refresh_from_db()
        return handover.state == Handover.State.OFFERED


def problems(refused) -> dict[str, str]:
    assert refused["Content-Type"] == PROBLEM
    return {error["field"]: error["message"] for error in refused.json()["errors"]}
