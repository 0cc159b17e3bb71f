"""Breaks a real site in known ways, each noted with the process that it struck."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.launcher.site import ROOT, Site, descendants

from .load import Load
from .records import Records
from .report import Fault

OUTAGE_SECONDS = 60
PATIENCE_SECONDS = 180
Sweepers = tuple[Fault, list[subprocess.Popen]]


def until(condition: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS, every: float = 0.1) -> object:
    """What the condition gives once it gives something; the site may be half away meanwhile."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        threading.Event().wait(every)
    raise AssertionError(f"not within {seconds} s: {what}")


def until_gone(count: Callable[[], int], what: str) -> None:
    """However long that takes on this machine: it fails when the number has not gone down for `PATIENCE_SECONDS`."""
    while left := count():
        until(lambda left=left: count() < left, f"fewer than {left} are left until {what}", every=1)


def until_there(count: Callable[[], int], number: int, what: str) -> None:
    until_gone(lambda: max(0, number - count()), what)


class Breaker:
    def __init__(self, site: Site, load: Load, records: Records) -> None:
        self.site, self.load, self.records = site, load, records
        self.faults: list[tuple[Fault, set[int]]] = []

    def note(self, kind: str, pid: object, detail: str = "") -> Fault:
        assert self.load.unexpected == []
        confirmed = self.load.confirmed()
        fault = Fault(kind, str(pid), len(confirmed), detail=detail)
        self.faults.append((fault, confirmed))
        return fault

    def count_what_is_there(self) -> None:
        """Of all that was confirmed before each fault, how much is there now."""
        present = set(self.records.present())
        for fault, confirmed in self.faults:
            if fault.found is None:
                fault.found = len(confirmed & present)

    def kill(self, service: str, *, whole: bool) -> None:
        """kill -9 of the service itself, or of one of the processes that do its work."""
        found = until(lambda: processes(self.site, service)[0 if whole else 1 :], f"{service} runs")
        pid = found[0]
        self.note(f"kill -9 {service}", pid, "all of it" if whole else "a process of it")
        os.kill(pid, signal.SIGKILL)

    def restart_postgres(self) -> None:
        pid = self._main("postgres")
        fault = self.note("PostgreSQL restarted", pid)
        begin = time.monotonic()
        os.kill(pid, signal.SIGINT)
        until(lambda: self._other("postgres", pid), "the launcher starts PostgreSQL again")
        again = time.monotonic()
        until(lambda: self.load.logged_between(again, time.monotonic()), "calls are logged after the restart")
        fault.detail = f"the next call logged after {time.monotonic() - begin:.1f} s"

    @contextmanager
    def redis_outage(self, *, killed: bool) -> Iterator[Callable[[float], None]]:
        """Frozen for a minute, so that who asks waits; or killed, and what comes back in its place frozen as it starts.

        Gives what waits until so many seconds of it have gone by.
        """
        pid = self._main("valkey")
        fault = self.note("Redis away for a minute", pid, "killed" if killed else "frozen")
        if killed:
            os.kill(pid, signal.SIGKILL)
            pid = until(lambda: self._other("valkey", pid), "the launcher starts Valkey again", every=0.002)
        os.kill(pid, signal.SIGSTOP)
        begin = time.monotonic()
        try:
            yield lambda seconds: _pass(begin + seconds)
            _pass(begin + OUTAGE_SECONDS)
        finally:
            end = time.monotonic()
            os.kill(pid, signal.SIGCONT)
        logged = self.load.logged_between(begin, end)
        longest = self.load.longest_silence(begin, end)
        fault.detail += f" for {end - begin:.0f} s; {logged} calls logged, none for at most {longest:.0f} s"
        assert logged, f"calls go on without Redis: {fault}"

    def move_due(self, number: int) -> list[int]:
        until_there(self.records.open_offers, number, f"{number} offers stand open")
        moved, pid = self.records.move_to_the_past(number)
        self.note("due rows moved", pid, f"{len(moved)} rows")
        return moved

    def start_two_sweepers(self) -> Sweepers:
        sweepers = [self._sweeper() for _ in range(2)]
        return self.note("two sweeping at once", "+".join(str(each.pid) for each in sweepers)), sweepers

    def await_sweepers(self, started: Sweepers) -> None:
        fault, sweepers = started
        said = [each.communicate(timeout=PATIENCE_SECONDS)[0].strip() for each in sweepers]
        assert [each.returncode for each in sweepers] == [0, 0], said
        fault.detail = " | ".join(line.splitlines()[-1] for line in said)

    def _sweeper(self) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "sweep"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, cwd=ROOT, env=self.site.env, **pipes)

    def _main(self, service: str) -> int:
        return until(lambda: processes(self.site, service), f"{service} runs")[0]

    def _other(self, service: str, earlier: int) -> int | None:
        return next((pid for pid in processes(self.site, service)[:1] if pid != earlier), None)


def processes(site: Site, service: str) -> list[int]:
    """The main process of a service and then those below it; nothing while it is away."""
    with suppress(OSError):
        for pid in descendants(site.launcher.pid):
            if _works_in(pid, site.state / service):
                return [pid, *(each for each in descendants(pid) if not _only_helps(each))]
    return []


def _works_in(pid: int, directory: Path) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cwd").readlink() == directory
    return False


def _only_helps(pid: int) -> bool:
    """Python keeps a process that cleans up after the others; it does none of the work."""
    return b"multiprocessing.resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _pass(moment: float) -> None:
    threading.Event().wait(max(0, moment - time.monotonic()))
