"""What has to come from the operating system: installed when we may, asked for when we may not."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .console import Problem, say

BROWSER = ("chromium", "fonts-dejavu-core", "libatomic1")


def ensure_venv() -> None:
    """Debian's Python comes without the module that puts pip into a new environment."""
    if importlib.util.find_spec("ensurepip") is None:
        _install(["python3-venv"])


def ensure_browser() -> None:
    """A missing browser fails the tests rather than skipping them, so it is looked for first."""
    chromium = Path("/usr/bin/chromium").exists()
    if not chromium or _missing(BROWSER):
        _install(BROWSER)


def _missing(packages: Sequence[str]) -> bool:
    """True when apt may fetch one of them; without dpkg or without root a present browser has to do."""
    if os.geteuid() != 0 or shutil.which("dpkg-query") is None:
        return False
    status = ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\n", *packages]
    said = subprocess.run(status, capture_output=True, text=True, check=False)
    return said.stdout.split() != ["ii"] * len(packages)


def _install(packages: Sequence[str]) -> None:
    names = " ".join(packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Problem(
            f"Op deze machine ontbreekt nog: {names}. Installeer met: sudo apt-get install {names}",
            f"This machine still lacks: {names}. Install with: sudo apt-get install {names}",
        )
    say(f"apt-get install {names} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for argv in (["apt-get", "update", "--quiet"], install):
        if subprocess.run(argv, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            raise Problem(f"apt-get kon {names} niet installeren.", f"apt-get could not install {names}.")
