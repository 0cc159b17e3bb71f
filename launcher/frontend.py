"""Fetches the front end's packages by lock file and joins their CSS into the one file that the pages load.

Standard library only: it runs before anything is installed. Nothing it fetches or makes is committed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Names the wheel that carries node and npm, for a machine without them.
NODE_LOCK = Path(__file__).resolve().parent.parent / "requirements-node.txt"


class FrontEndError(Exception):
    """The front end could not be built; the message says what to do."""


def build(root: Path) -> Path:
    """Make var/frontend/css/components.css for the site in `root`; nothing happens when it is up to date."""
    stylesheet = root / "var" / "frontend" / "css" / "components.css"
    stamp = root / "var" / "frontend" / ".built-from"
    wanted = _fingerprint(root)
    if stylesheet.exists() and (root / "node_modules").is_dir() and stamp.exists() and stamp.read_text() == wanted:
        return stylesheet
    _install(root)
    _replace(stylesheet, _joined_css(root))
    _replace(stamp, wanted)
    return stylesheet


def _fingerprint(root: Path) -> str:
    sources = [root / "package.json", root / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _install(root: Path) -> None:
    npm = _npm()
    # npm starts `node` by name, so the directory that holds npm goes first on the path.
    environment = {**os.environ, "PATH": os.pathsep.join([str(npm.parent), os.environ.get("PATH", "")])}
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if result.returncode:
        raise FrontEndError(
            "npm could not fetch the front-end packages of package-lock.json. "
            f"Is the package registry reachable? npm said:\n{result.stderr.strip() or result.stdout.strip()}"
        )


def _npm() -> Path:
    """npm from the path, else beside this Python, where the wheel puts it."""
    beside_python = Path(sys.executable).with_name("npm")
    if found := shutil.which("npm"):
        return Path(found)
    if not beside_python.exists():
        _install_node()
    return beside_python


def _install_node() -> None:
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    command = [sys.executable, "-m", "pip", "install", *options, "-r", str(NODE_LOCK)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise FrontEndError(
            f"There is no npm on this machine and {NODE_LOCK.name} could not be installed from PyPI. "
            f"Install Node.js, or make the package registry reachable. pip said:\n{result.stderr.strip()}"
        )


def _joined_css(root: Path) -> str:
    """The packages in the order of package.json, each with its own licence header left in place."""
    packages = json.loads((root / "package.json").read_text())["dependencies"]
    sheets = [root / "node_modules" / name / "dist" / "index.css" for name in packages]
    return "\n".join(sheet.read_text() for sheet in sheets)


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all: a running site may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(path.suffix + ".new")
    scratch.write_text(text)
    scratch.replace(path)


if __name__ == "__main__":
    try:
        print(build(Path(__file__).resolve().parent.parent))
    except FrontEndError as error:
        sys.exit(str(error))
