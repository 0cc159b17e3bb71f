"""The virtual environment in .venv, holding exactly what a lock file says."""

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import debian
from .console import Problem, say
from .state import ROOT, VAR

DIRECTORY = ROOT / ".venv"
PYTHON = DIRECTORY / "bin" / "python"
# Published without wheels; only the benchmarks need it, and a C compiler for it.
FROM_SOURCE = ("durable-rules",)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+) *(;?)", re.MULTILINE)


def ensure(lock_name: str) -> None:
    """Make .venv if it is not there and install what the lock file says, unless all of it is there already."""
    VAR.mkdir(exist_ok=True)
    with open(VAR / "install.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _works():
            _create()
        lock = ROOT / lock_name
        stamp = DIRECTORY / f"{lock_name}.installed"
        if not _is_installed(lock, stamp):
            stamp.unlink(missing_ok=True)
            _install(lock)
            stamp.write_text(_digest(lock))


def site_packages() -> Path:
    return next((DIRECTORY / "lib").glob("python3.*/site-packages"), DIRECTORY)


def _works() -> bool:
    """False too when the Python it was made with has gone."""
    imports_pip = [str(PYTHON), "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(imports_pip, check=False, capture_output=True).returncode == 0


def _create() -> None:
    say("Python-omgeving maken …")
    debian.ensure_venv()
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", DIRECTORY], check=False)
    if made.returncode:
        raise Problem("De Python-omgeving kon niet worden gemaakt.", "The Python environment could not be made.")


def _is_installed(lock: Path, stamp: Path) -> bool:
    """The stamp tells of a finished installation, the folders that nobody took anything away since."""
    if not stamp.exists() or stamp.read_text() != _digest(lock):
        return False
    present = {_normal(path.name.removesuffix(".dist-info")) for path in site_packages().glob("*.dist-info")}
    wanted = {_normal(f"{name}-{version}") for name, version, marker in PINNED.findall(lock.read_text()) if not marker}
    return wanted <= present


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _install(lock: Path) -> None:
    say(f"Pakketten installeren ({lock.name}) …")
    uv = shutil.which("uv")
    installer = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    for name in FROM_SOURCE:
        options += ["--no-binary", name] if f"{name}==" in lock.read_text() else []
    done = subprocess.run([*installer, *options], check=False, cwd=ROOT)
    if done.returncode:
        raise Problem(
            "De pakketten konden niet worden geïnstalleerd; hierboven staat waarom.",
            "The packages could not be installed; the reason stands above.",
        )
