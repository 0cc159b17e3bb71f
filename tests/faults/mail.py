"""A mail server on this machine that keeps what it got."""

import email
from email import policy

from aiosmtpd.controller import Controller

from tests.launcher.site import free_port


class MailServer:
    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
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
        self.mails += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 OK"

    def received(self) -> list[tuple[str, str, str]]:
        """Each mail as who got it, subject and text."""
        read = [(address, email.message_from_bytes(mail, policy=policy.default)) for address, mail in self.mails]
        return [(address, str(mail["Subject"]), mail.get_content().strip()) for address, mail in read]
