"""Servers and settings apart from the running site, for one run of the tests or the benchmarks."""

import subprocess
from collections.abc import Sequence

from . import site
from .state import ROOT, temporary_state
from .supervisor import Supervisor
from .venv import PYTHON

SETTINGS = {
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "SITE_URL": "https://crisisdienst.test",
    "WEBHOOK_PLAIN_HTTP_HOSTS": "127.0.0.1,localhost",
    "DEBUG": "true",
    "DEMO_ACCOUNTS": "true",
    "LOG_LEVEL": "WARNING",
    # Or what it says last would come before what others said first.
    "PYTHONUNBUFFERED": "1",
}


def run_module(module: str, arguments: Sequence[str]) -> int:
    """Run `python -m module` on throw-away servers (or those of DATABASE_URL and REDIS_URL); return its exit code."""
    with temporary_state() as state, Supervisor(state) as supervisor:
        supervisor.start(*site.embedded_servers(state, throwaway=True))
        static = state.directory / "static"
        static.mkdir()
        env = site.environment(state) | SETTINGS | {"STATIC_ROOT": str(static)}
        return subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, env=env, check=False).returncode
