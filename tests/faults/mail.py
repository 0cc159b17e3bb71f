"""A mail server on this machine that keeps what it got."""

import email
from email import policy

from aiosmtpd.controller import Controller

from tests.launcher.site import free_port


class MailServer:
    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_error) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(envelope.content)
        return "250 OK"

    def received(self) -> list[str]:
        """The key of each mail that came in: the same for the same message."""
        return [str(email.message_from_bytes(mail, policy=policy.default)["X-Idempotency-Key"]) for mail in self.mails]
