"""What every API endpoint leans on: tokens, problem details and safe repetition."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from accounts.idempotency import answer_once
from accounts.models import AccessLogEntry, ApiToken, IdempotencyKey, OutboxMessage
from accounts.services import enqueue, issue_api_token

pytestmark = pytest.mark.django_db


class Note(serializers.Serializer):
    text = serializers.CharField()
    age = serializers.IntegerField(min_value=0, max_value=120)


class Letter(serializers.Serializer):
    notes = Note(many=True)


@api_view(["POST"])
def write(request):
    """Stands for any endpoint that writes: one outbox row per request really done."""

    def work():
        note = Note(data=request.data)
        note.is_valid(raise_exception=True)
        enqueue("note", "balie@kenter.example", note.validated_data["text"], "…")
        return Response({"number": OutboxMessage.objects.count()}, status=201)

    return answer_once(request, work)


@api_view(["GET"])
def fail(request):
    raise {"403": PermissionDenied("Dit is niet uw casus."), "404": Http404()}[request.GET["how"]]


@api_view(["POST"])
def nested(request):
    Letter(data=request.data).is_valid(raise_exception=True)


def post(user, body, view=write, **headers):
    request = APIRequestFactory().post("/", body, format="json", headers=headers)
    request.actor = None
    request.resolver_match = None
    return view(as_user(request, user)).render()


def as_user(request, user):
    request.META["HTTP_AUTHORIZATION"] = f"Bearer {issue_api_token(user)}"
    return request


TOKENS = [
    # header                    status  why
    ("Bearer {token}", 200, "the token of an active user"),
    ("bearer {token}", 200, "a scheme has no case"),
    ("Bearer {token}x", 401, "another token"),
    ("Bearer", 401, "no token"),
    ("Bearer \xe9", 401, "not even ASCII"),
    ("Token {token}", 401, "another scheme"),
    ("Basic dnQ6Y3Jpc2lzZGllbnN0LWRlbW8=", 401, "a password is not for the API"),
    (None, 401, "nothing at all"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "status", "why"), TOKENS)
def test_the_api_opens_with_a_bearer_token(client, demo_users, header, status, why):
    token = issue_api_token(demo_users["vt"])
    headers = {"Authorization": header.format(token=token)} if header else {}
    answer = client.get("/api/nergens/", headers=headers)
    # An unknown path is only said to be unknown to somebody we know.
    assert answer.status_code == {200: 404, 401: 401}[status], why
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_session_does_not_open_the_api(client, demo_users):
    client.force_login(demo_users["vt"])
    assert client.get("/api/nergens/").status_code == 401


def test_a_token_dies_with_its_user(client, demo_users):
    token = issue_api_token(demo_users["vt"])
    demo_users["vt"].is_active = False
    demo_users["vt"].save()
    assert client.get("/api/nergens/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_the_command_prints_the_token_and_nothing_else(demo_users, capsys):
    call_command("api_token", "vt")
    token = capsys.readouterr().out.strip()
    assert re.fullmatch(r"[\w-]{43}", token)
    assert not ApiToken.objects.filter(digest=token).exists(), "only a digest is kept"
    assert AccessLogEntry.objects.get().event == "api_token.issued"


def test_a_token_for_nobody_is_refused():
    with pytest.raises(CommandError, match="Er is geen actieve gebruiker “niemand”"):
        call_command("api_token", "niemand")


def test_errors_name_their_fields_in_dutch(demo_users):
    answer = post(demo_users["vt"], {"age": -1})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.data == {
        "type": "about:blank",
        "title": "Het verzoek klopt niet",
        "status": 400,
        "detail": "Verbeter de genoemde velden.",
        "errors": [
            {"field": "text", "message": "Dit veld is vereist."},
            {"field": "age", "message": "Zorg ervoor dat deze waarde groter is dan of gelijk is aan 0."},
        ],
    }


def test_an_error_deep_inside_names_the_way_to_it(demo_users):
    answer = post(demo_users["vt"], {"notes": [{"text": "a", "age": 1}, {"text": "b", "age": "zeventien"}]}, nested)
    assert [error["field"] for error in answer.data["errors"]] == ["notes.1.age"]


def test_malformed_json_is_a_bad_request(demo_users):
    request = APIRequestFactory().post("/", "{", content_type="application/json")
    answer = write(as_user(request, demo_users["vt"])).render()
    assert (answer.status_code, answer.data["detail"]) == (400, "Dit is geen geldige JSON.")


PROBLEMS = [
    # method  path                    status
    ("get", "/api/", 404),
    ("get", "/api/v1/nergens/", 404),
    ("delete", "/api/v1/nergens", 404),
    ("post", "/api/schema/", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), PROBLEMS)
def test_what_is_not_there_is_a_problem_too(client, bearer, method, path, status):
    answer = getattr(client, method)(path, headers=bearer("vt"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_a_missing_record_is_not_found(demo_users):
    answer = fail(as_user(APIRequestFactory().get("/?how=404"), demo_users["vt"])).render()
    assert (answer.status_code, answer.data["detail"]) == (404, "Dit bestaat niet, of niet voor u.")


def test_a_refusal_says_why_and_is_logged(demo_users, rf):
    request = as_user(APIRequestFactory().get("/?how=403"), demo_users["vt"])
    request.actor, request.resolver_match = None, None
    answer = fail(request).render()
    assert (answer.status_code, answer.data["detail"]) == (403, "Dit is niet uw casus.")
    assert AccessLogEntry.objects.filter(event="request.refused", outcome="refused").count() == 1


REPEATS = [
    # second key  second text  status  written  why
    ("k1", "hallo", 201, 1, "the same request gets the same answer"),
    ("k1", "anders", 422, 1, "a key belongs to one request"),
    ("k2", "hallo", 201, 2, "another key is another request"),
    ("", "hallo", 201, 2, "without a key every request counts"),
    ("k" * 121, "hallo", 400, 1, "a key has its limits"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "status", "written", "why"), REPEATS)
def test_repeating_a_request(demo_users, key, text, status, written, why):
    first = post(demo_users["vt"], {"text": "hallo", "age": 4}, idempotency_key="k1")
    again = post(demo_users["vt"], {"text": text, "age": 4}, idempotency_key=key)
    assert (again.status_code, OutboxMessage.objects.count()) == (status, written), why
    if status == 201 and written == 1:
        assert again.data == first.data


def test_a_key_is_somebodys_own(demo_users):
    post(demo_users["vt"], {"text": "hallo", "age": 4}, idempotency_key="k1")
    assert post(demo_users["kenter"], {"text": "anders", "age": 4}, idempotency_key="k1").status_code == 201


def test_after_a_mistake_the_key_is_free_again(demo_users):
    assert post(demo_users["vt"], {"text": "hallo", "age": -4}, idempotency_key="k1").status_code == 400
    assert post(demo_users["vt"], {"text": "hallo", "age": 4}, idempotency_key="k1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one(demo_users):
    both_ready = Barrier(2)

    def send(_attempt):
        try:
            both_ready.wait(timeout=10)
            return post(demo_users["vt"], {"text": "hallo", "age": 4}, idempotency_key="k1").data
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as senders:
        first, second = senders.map(send, range(2))
    assert first == second == {"number": 1}
    assert (OutboxMessage.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
