"""make lint: style, import layers and types."""

import subprocess

from . import venv
from .console import say
from .state import ROOT
from .test import LOCK

# Run by the interpreter rather than by their scripts, which break when a checkout moves.
CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    "mypy": ("-m", "mypy"),
}


def lint(_arguments: list[str]) -> int:
    """Run every check, also after one failed, so that all findings are seen at once."""
    venv.ensure(LOCK)
    return sum(_fails(name, arguments) for name, arguments in CHECKS.items())


def _fails(name: str, arguments: tuple[str, ...]) -> bool:
    say(name)
    return subprocess.run([venv.PYTHON, *arguments], cwd=ROOT, check=False).returncode != 0
