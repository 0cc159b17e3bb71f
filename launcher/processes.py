"""Processes that never outlive the launcher, and the ones that did because it was killed."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .state import State

PR_SET_PDEATHSIG = 1
POLITE_SECONDS = 10
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Service:
    """A process of the site; its working directory in the state is how we recognise it after a crash."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    directory: Path
    ready: Callable[[], bool]
    user: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15


def spawn(service: Service, log: Path) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def die_with_parent() -> None:
        # After the change of user: the kernel forgets the wish when the credentials change.
        _LIBC.prctl(PR_SET_PDEATHSIG, service.stop_signal.value)
        if os.getppid() != parent:
            os._exit(1)

    with open(log, "ab") as output:
        return subprocess.Popen(
            service.argv,
            env=dict(service.env),
            cwd=service.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
            user=service.user,
            group=service.user,
            extra_groups=None if service.user is None else [],
            preexec_fn=die_with_parent,
        )


def stop(process: subprocess.Popen[bytes], service: Service) -> None:
    """Ask, wait, then end the whole process group."""
    if process.poll() is None:
        process.send_signal(service.stop_signal)
        try:
            process.wait(service.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    kill_group(process.pid)


def kill_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def remember(state: State, groups: Sequence[int]) -> None:
    (state.directory / "processes.json").write_text(json.dumps(list(groups)))


def stop_leftovers(state: State) -> None:
    """End what a killed launcher left behind. Only its lock's holder may call this."""
    # PostgreSQL and Valkey finish their writing on a polite request.
    _signal_all(_leftovers(state), signal.SIGINT)
    patience = time.monotonic() + POLITE_SECONDS
    while left := _leftovers(state):
        if time.monotonic() > patience:
            _signal_all(left, signal.SIGKILL)
        time.sleep(0.05)
    (state.directory / "processes.json").unlink(missing_ok=True)


def _signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _leftovers(state: State) -> list[int]:
    try:
        groups = set(json.loads((state.directory / "processes.json").read_text()))
    except (FileNotFoundError, ValueError):
        groups = set()
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _is_ours(pid, state, groups)]


def _is_ours(pid: int, state: State, groups: set[int]) -> bool:
    """Working in our state, and in a group we made (PostgreSQL's children each make their own)."""
    try:
        cwd = Path(f"/proc/{pid}/cwd").readlink()
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        group = os.getpgid(pid)
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False
    return cwd.is_relative_to(state.directory) and (group in groups or name == "postgres")
