"""An end to a request, whatever the other side does."""

import socket
from contextlib import suppress
from threading import Event, Thread

from requests import PreparedRequest
from requests.adapters import HTTPAdapter


class CutOffAdapter(HTTPAdapter):
    """Ends its connections after so many seconds in all.

    A read time-out begins anew at every byte: a receiver that drips would hold the worker for as long as it likes.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(max_retries=0)
        self.is_over = False
        self._connections: list = []
        self._done = Event()
        self._watcher = Thread(target=self._watch, args=[seconds], daemon=True)

    def __enter__(self) -> "CutOffAdapter":
        self._watcher.start()
        return self

    def __exit__(self, *_error) -> None:
        self._done.set()
        self._watcher.join()
        # Only the head of the answer was read: what comes after it must not be taken for the answer to another message.
        for connection in self._connections:
            connection.close()
        self.close()

    def get_connection_with_tls_context(self, request: PreparedRequest, *args, **kwargs):
        pool = super().get_connection_with_tls_context(request, *args, **kwargs)
        kind = pool.ConnectionCls

        def remembered(**options):
            self._connections.append(kind(**options))
            return self._connections[-1]

        pool.ConnectionCls = remembered
        return pool

    def _watch(self, seconds: float) -> None:
        if self._done.wait(seconds):
            return
        self.is_over = True
        self._cut()
        # A connection that was still being made has no socket to cut yet.
        while not self._done.wait(0.1):
            self._cut()

    def _cut(self) -> None:
        for connection in self._connections:
            # The plain socket below any TLS: closing TLS in good order would wait for the other side.
            with suppress(OSError, TypeError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
