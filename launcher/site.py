"""The site as processes: the environment they share and the commands that start them."""

import os
import urllib.request
from pathlib import Path

from . import postgres, valkey
from .console import say
from .processes import Service
from .state import ROOT, State
from .venv import PYTHON

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
WEB_WORKERS = "2"
WEB_THREADS = "4"
# Without it Celery cannot make processes of its own.
SEMAPHORES = "/dev/shm"  # noqa: S108


def url_of(port: int | str) -> str:
    return f"http://{HOST}:{port}"


def environment(state: State, url: str | None = None) -> dict[str, str]:
    """What the settings need; whatever is set already wins. The URL is that of the site, when it runs."""
    embedded = "DATABASE_URL" not in os.environ
    ours = {
        "DATABASE_URL": postgres.url(state),
        "REDIS_URL": valkey.url(state),
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "SITE_URL": url or url_of(os.environ.get("PORT", DEFAULT_PORT)),
        # A receiver on this machine needs no certificate.
        "WEBHOOK_PLAIN_HTTP_HOSTS": f"{HOST},localhost",
        # A database that somebody chose may hold real cases: no known passwords in there.
        "DEMO_ACCOUNTS": str(embedded).lower(),
    }
    if "SECRET_KEY" not in os.environ:
        ours["SECRET_KEY"] = state.secret_key()
    return {**ours, **os.environ, "PYTHONPATH": str(ROOT)}


def as_application(state: State, env: dict[str, str]) -> dict[str, str]:
    """The same for what runs all day: not as the owner of the tables. A chosen DATABASE_URL says itself as whom."""
    return env if "DATABASE_URL" in os.environ else env | {"DATABASE_URL": postgres.url(state, postgres.APPLICATION)}


def embedded_servers(state: State, *, throwaway: bool = False) -> list[Service]:
    servers = []
    if "DATABASE_URL" not in os.environ:
        servers.append(postgres.service(state, throwaway=throwaway))
    if "REDIS_URL" not in os.environ:
        servers.append(valkey.service(state))
    return servers


def web(state: State, env: dict[str, str], port: int) -> Service:
    argv = [
        str(PYTHON), "-m", "granian", "--interface", "wsgi", "crisisdienst.wsgi:application",
        "--host", HOST, "--port", str(port),
        "--workers", WEB_WORKERS, "--blocking-threads", WEB_THREADS,
        "--respawn-failed-workers", "--workers-kill-timeout", "5",
        "--no-ws", "--log-level", "warning",
    ]  # fmt: skip
    return Service("web", argv, env, _directory(state, "web"), lambda: _is_ready(port))


def worker(state: State, env: dict[str, str]) -> Service:
    # Mail and webhooks can each keep one process waiting for somebody else's server; the third does the rest.
    argv = _celery("worker", "--concurrency", "3", "--without-mingle", "--without-gossip", "--loglevel", "warning")
    if not os.access(SEMAPHORES, os.W_OK):
        say(f"{SEMAPHORES} is niet schrijfbaar: achtergrondwerk draait in threads.")
        argv += ["--pool", "threads"]
    return Service("worker", argv, env, _directory(state, "worker"), lambda: True)


def beat(state: State, env: dict[str, str]) -> Service:
    directory = _directory(state, "beat")
    argv = _celery("beat", "--schedule", str(directory / "schedule"), "--pidfile", "", "--loglevel", "warning")
    return Service("beat", argv, env, directory, lambda: True)


def _celery(command: str, *options: str) -> list[str]:
    return [str(PYTHON), "-m", "celery", "--app", "crisisdienst", "--quiet", command, *options]


def _directory(state: State, name: str) -> Path:
    directory = state.directory / name
    directory.mkdir(exist_ok=True)
    return directory


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
