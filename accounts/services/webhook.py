"""A message to a webhook: a signed POST with the case number and a link. Any 2xx is delivered, all else has failed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from http import HTTPStatus
from http.client import RemoteDisconnected
from time import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from requests import PreparedRequest, Request, RequestException, Response
from requests.exceptions import ConnectTimeout, ReadTimeout, SSLError
from urllib3.exceptions import HTTPError, NameResolutionError

from accounts.models import OutboxMessage
from accounts.webhook_urls import check_webhook_url

from .cutoff import CutOffAdapter
from .outcome import Outcome, Send, failed
from .signing import signature

# The first that is, or caused, what went wrong.
REASONS = (
    (ConnectTimeout, gettext_lazy("Er kwam geen verbinding binnen de tijd.")),
    (ReadTimeout, gettext_lazy("Er kwam geen antwoord binnen de tijd.")),
    (SSLError, gettext_lazy("Geen veilige verbinding: het certificaat klopt niet, of de ontvanger spreekt geen TLS.")),
    (NameResolutionError, gettext_lazy("De naam van de ontvanger is niet gevonden.")),
    (ConnectionRefusedError, gettext_lazy("De verbinding is geweigerd.")),
    ((RemoteDisconnected, ConnectionError), gettext_lazy("De verbinding brak af voordat er een antwoord was.")),
    (Exception, gettext_lazy("Er kwam geen geldig antwoord.")),
)


@contextmanager
def sending() -> Iterator[Send]:
    """Each message over a connection of its own: what a receiver says late must not answer the next one."""
    yield _send


def _send(message: OutboxMessage) -> Outcome:
    if not message.endpoint.active:
        return failed(_("Dit adres staat uit."))
    try:
        # The rules may have become stricter since it was added.
        check_webhook_url(message.endpoint.url)
    except ValidationError as refused:
        return failed(" ".join(refused.messages))
    return _post(_signed(message))


def _signed(message: OutboxMessage) -> PreparedRequest:
    body, timestamp = _body(message), str(int(time()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Crisisdienst",
        "Connection": "close",
        "Idempotency-Key": str(message.key),
        "Crisisdienst-Timestamp": timestamp,
        "Crisisdienst-Signature": f"v1={signature(message.endpoint, timestamp, body)}",
    }
    return Request("POST", message.endpoint.url, data=body, headers=headers).prepare()


def _body(message: OutboxMessage) -> bytes:
    """The same at every attempt."""
    said = {
        "id": str(message.key),
        "event": message.kind,
        "case": message.case,
        "link": message.link or None,
        "at": message.created_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(said).encode()


def _post(request: PreparedRequest) -> Outcome:
    """By the adapter and not by a session: a session reads the body of a redirect, also of one that it does not follow,
    and looks around for proxies and passwords."""
    with CutOffAdapter(settings.WEBHOOK_TOTAL_SECONDS) as adapter:
        times = settings.WEBHOOK_CONNECT_SECONDS, settings.WEBHOOK_READ_SECONDS
        try:
            # Of the answer only the head is read: the body is never looked at, and so never kept.
            response = adapter.send(request, stream=True, timeout=times, verify=True)
            # A head that was cut off reads like one that ended.
            return failed(_too_long()) if adapter.is_over else _judged(response)
        except (RequestException, HTTPError, OSError, ValueError) as error:
            return failed(_too_long() if adapter.is_over else _reason(error))


def _judged(response: Response) -> Outcome:
    status = response.status_code
    if 200 <= status < 300:
        return Outcome(status_code=status)
    if 300 <= status < 400:
        return failed(_("De ontvanger verwijst door (%(status)s); dat wordt niet gevolgd.") % _named(status), status)
    return failed(_("De ontvanger antwoordt %(status)s.") % _named(status), status)


def _named(status: int) -> dict[str, str]:
    """By the name of the standard: the phrase of the receiver may hold anything."""
    known = {each.value: each.phrase for each in HTTPStatus}
    return {"status": f"{status} {known.get(status, '')}".strip()}


def _reason(error: Exception) -> str:
    """In our own words: the library's name the whole address."""
    return next(str(words) for kind, words in REASONS if any(isinstance(each, kind) for each in _causes(error)))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _too_long() -> str:
    return _("Na %(seconds)s s was er nog geen heel antwoord.") % {"seconds": settings.WEBHOOK_TOTAL_SECONDS}
