"""make lint: style, import layers and types."""

import subprocess

from . import venv
from .console import say
from .state import ROOT
from .test import LOCK

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("importlinter.cli", "lint"),
    ("mypy",),
)


def lint(_arguments: list[str]) -> int:
    """Run every check, also after one failed, so that all findings are seen at once."""
    venv.ensure(LOCK)
    failed = [check for check in CHECKS if _fails(check)]
    return len(failed)


def _fails(check: tuple[str, ...]) -> bool:
    say(" ".join(check))
    return subprocess.run([venv.PYTHON, "-m", *check], cwd=ROOT, check=False).returncode != 0
