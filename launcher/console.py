"""What the launcher says: progress on stderr, so that a command's own output stays clean."""

import sys


class Problem(Exception):
    """Something the person at the keyboard must solve, said in Dutch and in English."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(f"{dutch}\n{english}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def show(text: str) -> None:
    """The answer itself, on stdout."""
    print(text, flush=True)
