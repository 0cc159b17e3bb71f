"""A message by e-mail: the same Message-ID and key at every attempt, so that a mail system can drop what it has had."""

from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.models import OutboxMessage

from .outcome import Outcome, failed


def send(message: OutboxMessage) -> Outcome:
    try:
        # Django counts a message without recipient as nothing sent, and raises nothing.
        if not _as_email(message).send():
            raise ValueError("no recipient")
    except (OSError, SMTPException, ValueError) as error:
        return failed(f"{type(error).__name__}: {error}", _status_code(error))
    return Outcome()


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
