"""Starts services in order, keeps them running, and stops them in reverse."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from .console import Problem, say
from .processes import Service, kill_group, remember, spawn, stop
from .state import State

START_SECONDS = 60
STEADY_SECONDS = 60
LONGEST_PAUSE = 30
LARGEST_LOG = 10_000_000


@dataclass
class Running:
    service: Service
    process: subprocess.Popen[bytes]
    since: float
    failures: int = 0
    restart_at: float | None = field(default=None)


class Supervisor:
    """Use as a context manager: whatever happens inside, everything it started is stopped."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.running: list[Running] = []

    def __enter__(self) -> Self:
        # A polite kill ends the site as Ctrl-C does, also one started in the background, where shells have it
        # ignore SIGINT; so does a terminal that closes, unless it was started to survive that (nohup).
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, signal.default_int_handler)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for running in reversed(self.running):
            stop(running.process, running.service)
        remember(self.state, [])
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)

    def start(self, *services: Service) -> None:
        """Start these side by side and wait until each is ready."""
        started = [self._spawn(service) for service in services]
        deadline = time.monotonic() + START_SECONDS
        for running in started:
            self._wait_until_ready(running, deadline)

    def watch(self) -> None:
        """Restart what ends, ever slower while it keeps ending; returns only by an exception."""
        while True:
            for running in self.running:
                self._keep(running)
            time.sleep(0.2)

    def log(self, service: Service) -> Path:
        return self.state.logs / f"{service.name}.log"

    def _spawn(self, service: Service) -> Running:
        log = self.log(service)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.rename(log.with_suffix(".log.1"))
        running = Running(service, spawn(service, log), time.monotonic())
        self.running.append(running)
        self._remember()
        return running

    def _remember(self) -> None:
        remember(self.state, [running.process.pid for running in self.running])

    def _wait_until_ready(self, running: Running, deadline: float) -> None:
        while not running.service.ready():
            if running.process.poll() is not None or time.monotonic() > deadline:
                log = self.log(running.service)
                raise Problem(
                    f"{running.service.name} start niet; het einde van {log}:",
                    f"{running.service.name} does not start; the end of {log}:\n{tail(log)}",
                )
            time.sleep(0.05)

    def _keep(self, running: Running) -> None:
        now = time.monotonic()
        if running.restart_at is None:
            if running.process.poll() is not None:
                kill_group(running.process.pid)
                steady = now - running.since > STEADY_SECONDS
                running.failures = 1 if steady else running.failures + 1
                pause = min(LONGEST_PAUSE, 2 ** (running.failures - 1) - 1)
                running.restart_at = now + pause
                say(
                    f"{running.service.name} stopte (code {running.process.returncode}); opnieuw over {pause} s. "
                    f"Zie {self.log(running.service)}"
                )
        elif now >= running.restart_at:
            running.process = spawn(running.service, self.log(running.service))
            running.since, running.restart_at = now, None
            self._remember()


def tail(path: Path, lines: int = 20) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
