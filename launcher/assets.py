"""Everything that is built from the sources before the site can serve it."""

import fcntl
import hashlib
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .console import Problem, say
from .state import ROOT, VAR
from .venv import PYTHON


def build() -> None:
    _run("front end", "launcher.frontend")
    _compile_messages()


def collect_static(env: Mapping[str, str]) -> None:
    """Gather and fingerprint the static files, unless none has changed."""
    stamp = VAR / "static.collected"
    sources = [ROOT / "static", VAR / "frontend"]
    wanted = digest([*files_under(*sources), ROOT / "requirements-local.txt", ROOT / "crisisdienst" / "settings.py"])
    with _one_at_a_time(VAR / "static.lock"):
        if (VAR / "static" / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        say("Statische bestanden verzamelen …")
        stamp.unlink(missing_ok=True)
        manage(env, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
        stamp.write_text(wanted)


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Two sites of one checkout, each with its own state, share the files: one would clear what the other gathers."""
    with open(lock, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def manage(env: Mapping[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed."""
    done = subprocess.run(
        [PYTHON, ROOT / "manage.py", *arguments], env=dict(env), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Problem(
            f"manage.py {arguments[0]} mislukte:",
            f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}",
        )
    return done.stdout


def files_under(*directories: Path) -> list[Path]:
    return [path for directory in directories for path in sorted(directory.rglob("*")) if path.is_file()]


def digest(paths: Iterable[Path]) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        content.update(path.read_bytes())
    return content.hexdigest()


def _compile_messages() -> None:
    sources = list(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
    if not all(_is_newer(path.with_suffix(".mo"), path) for path in sources):
        _run("vertalingen", "babel.messages.frontend", "--quiet", "compile", "-D", "django", "-d", "locale")


def _run(what: str, module: str, *arguments: str) -> None:
    """Run a module of the virtual environment, where pip and babel are."""
    done = subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem(f"Bouwen mislukte: {what}.", f"The build failed: {what}.\n{done.stdout}{done.stderr}")


def _is_newer(built: Path, source: Path) -> bool:
    return built.exists() and built.stat().st_mtime >= source.stat().st_mtime
