"""A mail server on this machine, with the manners that a real one can have.

It knows nothing of Django or of our code, so that a test on real processes can use it too.
"""

import asyncio
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from tests.launcher.site import free_port


class MailServer:
    """Keeps every mail, and counts the connections on which it was greeted.

    `refuse` makes it answer something else to a recipient, such as "451 Later", or "hang"; `take_one_per_connection`
    makes it end a connection after one mail: at once, or with this answer to the next.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.connections = 0
        self._refused: dict[str, str] = {}
        self._answer = "250 OK"
        self._takes_one, self._goodbye = False, ""
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_error) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def keys(self) -> list[str]:
        """The key of each mail as it came in: the same for the same message."""
        return [message_from_bytes(mail, policy=default)["X-Idempotency-Key"] for _address, mail in self.mails]

    def refuse(self, answer: str, address: str = "") -> None:
        """To this address, or to every one."""
        if address:
            self._refused[address] = answer
        else:
            self._answer = answer

    def take_one_per_connection(self, goodbye: str = "") -> None:
        self._takes_one, self._goodbye = True, goodbye

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if self._goodbye and getattr(session, "took_one", False):
            return self._end(server, self._goodbye)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self._refused.get(address, self._answer)
        if answer == "hang":
            await asyncio.Event().wait()
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails += [(address, envelope.content) for address in envelope.rcpt_tos]
        session.took_one = True
        return self._end(server, "250 OK") if self._takes_one and not self._goodbye else "250 OK"

    def _end(self, server, answer: str) -> str:
        """Once it is said."""
        server.loop.call_soon(server.transport.close)
        return answer


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """The mail server that Django sends by in this test."""
    with MailServer() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        yield started
