"""manage.py without DATABASE_URL: beside a running site on its servers, else on servers of its own."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import postgres, site
from .console import Problem, say
from .processes import stop_leftovers
from .state import Held, Holder, State, find_state, hold
from .supervisor import Supervisor

PATIENCE_SECONDS = 120


@contextmanager
def servers() -> Iterator[None]:
    """The environment that the settings ask for, with a database behind it while this lasts."""
    if "DATABASE_URL" in os.environ:
        yield
        return
    os.umask(0o022)
    state = find_state()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with hold(state, Holder("command", os.getpid())), _own_database(state):
                yield
            return
        except Held as held:
            if held.holder.kind == "site" and _answers(state):
                os.environ.update(site.environment(state, held.holder.url))
                yield
                return
            if time.monotonic() > deadline:
                raise Problem(
                    f"De database is na {PATIENCE_SECONDS} s nog bezet door proces {held.holder.pid}.",
                    f"After {PATIENCE_SECONDS} s the database is still in use by process {held.holder.pid}.",
                ) from None
        time.sleep(0.1)


@contextmanager
def _own_database(state: State) -> Iterator[None]:
    stop_leftovers(state)
    is_new = not (state.directory / "postgres").exists()
    with Supervisor(state) as supervisor:
        supervisor.start(postgres.service(state))
        os.environ.update(site.environment(state))
        if is_new:
            say("Nieuwe, lege database; manage.py prepare_site --region regions/kennemerland vult hem.")
        yield


def _answers(state: State) -> bool:
    return (state.sockets / f".s.PGSQL.{postgres.PORT}").exists() and postgres.is_ready(state)
