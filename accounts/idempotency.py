"""Repeating a request is safe: the same `Idempotency-Key` gets the same answer, and nothing happens twice."""

import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from .models import IdempotencyKey

LONGEST_KEY = 120


class KeyUsedForAnotherRequest(APIException):
    status_code = 422

    def __init__(self) -> None:
        super().__init__(_("Deze Idempotency-Key is al gebruikt voor een ander verzoek."))


def answer_once(request: Request, work: Callable[[], Response]) -> Response:
    """Does the work unless this user's key was answered before. An exception keeps nothing: the key is free again."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return work()
    if len(key) > LONGEST_KEY:
        message = _("Gebruik ten hoogste %(most)d tekens.") % {"most": LONGEST_KEY}
        raise ValidationError({"Idempotency-Key": message})
    if not key.isprintable():
        raise ValidationError({"Idempotency-Key": _("Hierin staan tekens die niet kunnen.")})
    return _answer(request, key, work)


@transaction.atomic
def _answer(request: Request, key: str, work: Callable[[], Response]) -> Response:
    # Claiming comes first: a simultaneous duplicate waits on the unique constraint until this
    # transaction ends, then finds its answer, or the key free again.
    digest = _digest(request)
    claim, is_new = IdempotencyKey.objects.get_or_create(
        user=request.user,
        key=key,
        defaults={"request_digest": digest, "response_status": 0, "response_body": {}},
    )
    if is_new:
        return _keep(claim, work())
    if claim.request_digest != digest:
        raise KeyUsedForAnotherRequest
    return Response(claim.response_body, status=claim.response_status)


def _keep(claim: IdempotencyKey, response: Response) -> Response:
    claim.response_status = response.status_code
    claim.response_body = json.loads(JSONRenderer().render(response.data) or "null")
    claim.save()
    return response


def _digest(request: Request) -> str:
    said = [request.method, request.get_full_path(), request.data]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
