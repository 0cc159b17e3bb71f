"""A message by e-mail: the same Message-ID and key at every attempt, so that a mail system can drop what it has had."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import OutboxMessage

from .outcome import Outcome, Send, failed

SERVICE_ENDS = 421


@contextmanager
def sending() -> Iterator[Send]:
    """Sends over one connection, made when it is first needed and again after a failure."""
    connection = get_connection()
    try:
        yield lambda message: _send(message, connection)
    finally:
        _close(connection)


def _send(message: OutboxMessage, connection: BaseEmailBackend) -> Outcome:
    try:
        _hand_over(_as_email(message), connection)
    except (OSError, SMTPException, ValueError) as error:
        # Or what was half said would be in the way of the next mail.
        _close(connection)
        return failed(f"{type(error).__name__}: {error}", _status_code(error))
    return Outcome()


def _hand_over(mail: EmailMessage, connection: BaseEmailBackend) -> None:
    if not mail.recipients():
        # Django counts it as nothing sent, and raises nothing.
        raise ValueError("no recipient")
    is_new = connection.open()
    try:
        connection.send_messages([mail])
    except SMTPException as error:
        if is_new or not _has_ended(error):
            raise
        _close(connection)
        connection.open()
        connection.send_messages([mail])


def _has_ended(error: SMTPException) -> bool:
    """The server ended this connection, which says nothing of the mail. One that fell silent had its time."""
    fell_silent = isinstance(error.__context__, TimeoutError)
    return _status_code(error) == SERVICE_ENDS or (isinstance(error, SMTPServerDisconnected) and not fell_silent)


def _close(connection: BaseEmailBackend) -> None:
    """A server that is not polite about it, or away, undoes nothing of what it took."""
    with suppress(OSError, SMTPException):
        connection.close()


def _as_email(message: OutboxMessage) -> EmailMessage:
    headers = {
        "Message-ID": f"<{message.key}@{urlsplit(settings.SITE_URL).hostname}>",
        "X-Idempotency-Key": str(message.key),
    }
    return EmailMessage(message.subject, message.body, None, [message.recipient], headers=headers)


def _status_code(error: Exception) -> int | None:
    """Of an answer of the mail server; -1 is how smtplib says that there was none to read."""
    if isinstance(error, SMTPRecipientsRefused):
        return next(code for code, _words in error.recipients.values())
    code = getattr(error, "smtp_code", None)
    return code if code and code > 0 else None
