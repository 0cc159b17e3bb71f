"""Where a checkout keeps its data, sockets and secret, and who holds them at this moment."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .console import Problem, say

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
NOBODY = 65534
# For sockets and throw-away data only, each in a private directory of its own.
SHORT_AND_SHARED = Path("/tmp")  # noqa: S108
# A unix socket's address holds 107 bytes; the longest name we add is ".s.PGSQL.5432".
LONGEST_SOCKET_DIR = 100 - len("/.s.PGSQL.5432")
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class State:
    """The private directory of one site; `user` is who its servers run as (None: whoever we are)."""

    directory: Path
    sockets: Path
    user: int | None

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    def create(self) -> None:
        # Root's servers run as nobody, who must be able to pass through, and nothing more.
        _make(self.directory, 0o711)
        _make(self.logs, 0o700)
        _make(self.sockets, 0o700, owner=self.user)

    def make(self, name: str) -> Path:
        """A directory that belongs to the servers."""
        path = self.directory / name
        _make(path, 0o700, owner=self.user)
        return path

    def secret_key(self) -> str:
        path = self.directory / "secret_key"
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
            fresh.rename(path)
        return path.read_text()


def find_state() -> State:
    """The state of this checkout, or of CRISISDIENST_STATE."""
    chosen = os.environ.get("CRISISDIENST_STATE")
    wanted = Path(chosen).resolve() if chosen else VAR / "state"
    key = hashlib.sha256(str(wanted).encode()).hexdigest()[:10]
    root = os.geteuid() == 0
    directory = wanted if not root or _others_reach(wanted) else Path("/var/lib/crisisdienst") / key
    return State(directory, _socket_dir(directory, key), _server_user(directory) if root else None)


@contextmanager
def temporary_state() -> Iterator[State]:
    """A state apart from the site's, for one run of the tests or a benchmark."""
    default = Path(tempfile.gettempdir())
    fits = _others_reach(default / "x") and len(str(default)) < 40
    with tempfile.TemporaryDirectory(prefix="crisisdienst-", dir=default if fits else SHORT_AND_SHARED) as name:
        directory = Path(name)
        state = State(directory, directory / "run", NOBODY if os.geteuid() == 0 else None)
        state.create()
        yield state


def _others_reach(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents if parent.exists())


def _server_user(directory: Path) -> int:
    """PostgreSQL refuses to run as root: the owner of existing data, or else nobody."""
    data = directory / "postgres"
    return data.stat().st_uid or NOBODY if data.exists() else NOBODY


def _socket_dir(directory: Path, key: str) -> Path:
    inside = directory / "run"
    if len(str(inside).encode()) <= LONGEST_SOCKET_DIR and PLAIN_PATH.fullmatch(str(inside)):
        return inside
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    fits = runtime and os.geteuid() != 0 and len(runtime) < 60 and os.access(runtime, os.W_OK)
    return (Path(runtime) if fits else SHORT_AND_SHARED) / f"crisisdienst-{key}"


def _make(path: Path, mode: int, owner: int | None = None) -> None:
    path.mkdir(parents=True, exist_ok=True)
    found = path.lstat()
    # In a shared directory such as /tmp somebody else may have been first.
    if not stat.S_ISDIR(found.st_mode) or (os.geteuid() != 0 and found.st_uid != os.geteuid()):
        raise Problem(
            f"{path} is van een andere gebruiker; start als die gebruiker of verwijder de map.",
            f"{path} belongs to another user; start as that user or remove the directory.",
        )
    if owner is not None and found.st_uid != owner:
        os.chown(path, owner, owner)
    if stat.S_IMODE(found.st_mode) != mode:
        path.chmod(mode)


Kind = Literal["site", "command"]


@dataclass(frozen=True)
class Holder:
    """Who runs the servers of a state."""

    kind: Kind
    pid: int
    url: str = ""


class Held(Exception):
    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


@contextmanager
def hold(state: State, holder: Holder) -> Iterator[None]:
    """Be the only one that runs the servers, or raise Held; the kernel frees it even after kill -9."""
    state.create()
    with open(state.directory / "lock", "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_read_holder(state)) from None
        _write_holder(state, holder)
        try:
            yield
        finally:
            (state.directory / "holder.json").unlink(missing_ok=True)


@contextmanager
def hold_after_commands(state: State, holder: Holder) -> Iterator[None]:
    """As hold, but wait for a management command that is using the servers on its own."""
    told = False
    while True:
        try:
            with hold(state, holder):
                yield
            return
        except Held as held:
            if held.holder.kind == "site":
                raise
            if not told:
                say(f"Wacht op een beheeropdracht (pid {held.holder.pid}) die de database gebruikt …")
                told = True
            time.sleep(0.2)


def _write_holder(state: State, holder: Holder) -> None:
    fresh = state.directory / "holder.json.new"
    fresh.write_text(json.dumps(vars(holder)))
    fresh.rename(state.directory / "holder.json")


def _read_holder(state: State) -> Holder:
    """A holder writes its name just after taking the lock; until then it counts as a passing command."""
    try:
        return Holder(**json.loads((state.directory / "holder.json").read_text()))
    except FileNotFoundError:
        return Holder("command", 0)
