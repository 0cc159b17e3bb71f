"""People at work while things break: callers and a partner, each of whom asks until it is answered."""

import http.client
import json
import queue
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from itertools import pairwise

from tests.launcher.site import Site

CALLERS = ("worker", "worker", "vt")
PARTNER = "ingeest"
ANSWER_SECONDS = 20
PATIENCE_SECONDS = 180
# What breaks needs callers at work, not a crowd: there is time between calls for what happens behind them.
PAUSE_SECONDS = 1
AGAIN_SECONDS = 0.25
# Of so many contacts the partner answers one; the others run out of time.
ANSWERED_OF = 6

SANNE = {
    "narrative": "Sanne (40) uit Haarlem, verward sinds vanochtend; haar broer belt.",
    "category": "ggz",
    "age": 40,
    "municipality": "GM0392",
}


class Load:
    def __init__(self, site: Site, tokens: dict[str, str]) -> None:
        self.site, self.tokens = site, tokens
        # Nobody waits between calls until `slow_down`.
        self._pause_seconds = 0.0
        # By Idempotency-Key: the contact that a caller was told is logged, and when.
        self.acknowledged: dict[str, dict] = {}
        self.moments: list[float] = []
        # By handover: what the partner was told is settled.
        self.answered: dict[int, str] = {}
        self.unexpected: list[str] = []
        self.failures: Counter[str] = Counter()
        self._offered: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._over = threading.Event()
        self._people = [threading.Thread(target=self._call, args=(name,)) for name in CALLERS]
        self._people.append(threading.Thread(target=self._answer))

    def __enter__(self) -> "Load":
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_error) -> None:
        """Nobody hangs up before they were answered."""
        self._over.set()
        for person in self._people:
            person.join(PATIENCE_SECONDS + ANSWER_SECONDS)

    def slow_down(self) -> None:
        self._pause_seconds = PAUSE_SECONDS

    def confirmed(self) -> set[int]:
        return {contact["id"] for contact in list(self.acknowledged.values())}

    def logged_between(self, begin: float, end: float) -> int:
        return sum(begin < moment < end for moment in list(self.moments))

    def longest_silence(self, begin: float, end: float) -> float:
        moments = [begin, *sorted(moment for moment in list(self.moments) if begin < moment < end), end]
        return max(later - earlier for earlier, later in pairwise(moments))

    def _call(self, name: str) -> None:
        while not self._over.wait(self._pause_seconds):
            key = str(uuid.uuid4())
            status, said = self._until_answered(name, "/api/v1/contacts/", SANNE, key)
            if status != 201:
                self.unexpected.append(f"{status} {said}")
                return
            self.acknowledged[key] = said
            self.moments.append(time.monotonic())
            if name != PARTNER and len(self.moments) % ANSWERED_OF == 0:
                self._offered.put(said["handover"])

    def _answer(self) -> None:
        accepts = True
        while not self._over.wait(AGAIN_SECONDS):
            if self._offered.empty():
                continue
            handover = self._offered.get()
            act, given = ("accept", None) if accepts else ("decline", {"reason": "capacity"})
            status, said = self._until_answered(PARTNER, f"/api/v1/handovers/{handover}/{act}/", given)
            if status == 200:
                self.answered[handover] = "accepted" if accepts else "declined"
            # An answer that never reached the partner makes its repetition a conflict, and so does the clock.
            elif status not in (404, 409):
                self.unexpected.append(f"{act} {status} {said}")
            accepts = not accepts

    def _until_answered(self, name: str, path: str, given: dict | None, key: str = "") -> tuple[int, dict]:
        """The same request again, as long as nobody answers or the site says that it cannot."""
        headers = {"Authorization": f"Bearer {self.tokens[name]}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status, said = self._ask(path, json.dumps(given or {}), headers)
            if status and status < 500:
                return status, said
            self.failures[str(status or said)] += 1
            threading.Event().wait(AGAIN_SECONDS)
        return 0, {"detail": f"no answer within {PATIENCE_SECONDS} s"}

    def _ask(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=ANSWER_SECONDS)
        with closing(connection):
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                return answer.status, json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError) as error:
                return 0, type(error).__name__
