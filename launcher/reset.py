"""make reset: throws away the data of this checkout, so that the next run starts afresh."""

import os
import shutil

from .console import Problem, say
from .processes import stop_leftovers
from .state import Held, Holder, find_state, hold


def reset(_arguments: list[str]) -> int:
    state = find_state()
    try:
        with hold(state, Holder("command", os.getpid())):
            stop_leftovers(state)
            shutil.rmtree(state.sockets, ignore_errors=True)
            shutil.rmtree(state.directory)
    except Held as held:
        raise Problem(
            f"De site draait nog (pid {held.holder.pid}); stop die eerst met Ctrl-C.",
            f"The site is still running (pid {held.holder.pid}); stop it first with Ctrl-C.",
        ) from None
    say(f"Gewist / erased: {state.directory}")
    return 0
