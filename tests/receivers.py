"""Webhooks on this machine, with the manners that a real one can have, and a server that says nothing at all.

They know nothing of Django or of our code, so that a test on real processes can use them too. Signatures are checked
by another reading of docs/operations.md.
"""

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

# A signature is good for this long, so that what somebody caught cannot be sent again tomorrow.
LONGEST_AGE_SECONDS = 300
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Delivery:
    """One POST as it came in."""

    headers: dict[str, str]
    body: bytes
    verified: bool
    at: float = field(default_factory=time.monotonic)

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]

    @property
    def said(self) -> dict:
        return json.loads(self.body)


class WebhookReceiver:
    """Keeps every delivery; answers by the manners of `behave`, one per delivery, the last for all that follow.

    Manners: a status ("200", "500", "302"), "hang", "drip", "drip-body", "continue", "close", "garbage", "twice".
    """

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.deliveries: list[Delivery] = []
        self.stopped = threading.Event()
        self._manners = ["200"]
        self._arrived = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> "WebhookReceiver":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/crisisdienst"

    @property
    def by_key(self) -> dict[str, Delivery]:
        """Each message once, as a receiver that drops what it has had."""
        return {delivery.key: delivery for delivery in self.deliveries}

    def behave(self, *manners: str) -> None:
        self._manners = list(manners)

    def wait_for(self, number: int) -> None:
        """Until so many deliveries came in."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.deliveries) >= number, PATIENCE_SECONDS)
        assert came, f"{len(self.deliveries)} of {number} deliveries came in"

    def take(self, headers: dict[str, str], body: bytes) -> str:
        """Notes a delivery and says how to answer it."""
        with self._arrived:
            self.deliveries.append(Delivery(headers, body, self._is_ours(headers, body)))
            self._arrived.notify_all()
            return self._manners.pop(0) if len(self._manners) > 1 else self._manners[0]

    def _is_ours(self, headers: dict[str, str], body: bytes) -> bool:
        timestamp = headers.get("Crisisdienst-Timestamp", "")
        expected = hmac.new(self.secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        fresh = timestamp.isdecimal() and abs(time.time() - int(timestamp)) < LONGEST_AGE_SECONDS
        return fresh and hmac.compare_digest(headers.get("Crisisdienst-Signature", ""), f"v1={expected}")


class _Server(ThreadingHTTPServer):
    receiver: WebhookReceiver
    # Or those that hang and drip would keep the tests from ending.
    block_on_close = True
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """Who sends may well be gone before all is said."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        manner = self.server.receiver.take(dict(self.headers), body)
        self.close_connection = True
        with suppress(OSError):
            MANNERS.get(manner, _Handler.answer)(self, manner)

    def answer(self, status: str) -> None:
        self.say(b"HTTP/1.1 %s X\r\nLocation: /elders\r\nContent-Length: 6\r\n\r\ngeheim" % status.encode())

    def hang(self, _manner: str) -> None:
        self.server.receiver.stopped.wait()

    def drip(self, _manner: str) -> None:
        self.say(b"HTTP/1.1 200 OK\r\n")
        self.forever(b"x")

    def drip_body(self, _manner: str) -> None:
        self.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        self.forever(b"x")

    def continue_forever(self, _manner: str) -> None:
        self.forever(b"HTTP/1.1 100 Continue\r\n\r\n")

    def close(self, _manner: str) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def garbage(self, _manner: str) -> None:
        self.say(b"\x00\xff\x16\x03 geen HTTP\r\n\r\n")

    def answer_twice(self, _manner: str) -> None:
        self.say(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    def say(self, words: bytes) -> None:
        self.wfile.write(words)
        self.wfile.flush()

    def forever(self, words: bytes) -> None:
        while not self.server.receiver.stopped.wait(0.02):
            self.say(words)

    def log_message(self, *_arguments) -> None:
        """Says nothing."""


MANNERS = {
    "hang": _Handler.hang,
    "drip": _Handler.drip,
    "drip-body": _Handler.drip_body,
    "continue": _Handler.continue_forever,
    "close": _Handler.close,
    "garbage": _Handler.garbage,
    "twice": _Handler.answer_twice,
}


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes a connection and then says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as started:
        yield started


@pytest.fixture
def receivers() -> Iterator[list[WebhookReceiver]]:
    with WebhookReceiver() as first, WebhookReceiver() as second, WebhookReceiver() as third:
        yield [first, second, third]
