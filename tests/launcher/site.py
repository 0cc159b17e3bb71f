"""A real site in a state of its own, started through the launcher as `make run` does."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 300
# A site of its own: it must not pick up the servers that this test run uses.
NOT_INHERITED = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DEBUG", "DEMO_ACCOUNTS", "PORT"),
    "STATIC_ROOT",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """Use `start` and `stop` (or `kill_everything`); the state outlives both, as it does for a person."""

    state: Path
    port: int = field(default_factory=free_port)
    launcher: subprocess.Popen | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        own = {"CRISISDIENST_STATE": str(self.state), "PORT": str(self.port)}
        return {name: value for name, value in os.environ.items() if name not in NOT_INHERITED} | own | self.settings

    def launch(self, command: str = "run") -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "launcher", command],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
        )

    def run(self, command: str = "run") -> subprocess.CompletedProcess:
        """A launcher command that ends by itself, with what it said."""
        process = self.launch(command)
        said, _ = process.communicate(timeout=START_SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, said.decode())

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=START_SECONDS)

    def start(self) -> None:
        """Returns when the site says where it is."""
        self.launcher = self.launch()
        deadline = time.monotonic() + START_SECONDS
        said = b""
        while self.url.encode() not in said:
            ready, _, _ = select.select([self.launcher.stdout], [], [], deadline - time.monotonic())
            chunk = self.launcher.stdout.read(65536) if ready else b""
            assert chunk, f"the site did not start: {said.decode()}"
            said += chunk

    def stop(self) -> int:
        self.launcher.send_signal(signal.SIGINT)
        return self._ended()

    def kill_everything(self) -> int:
        """kill -9 of the launcher and all below it, each by its id; returns how many there were."""
        pids = [self.launcher.pid, *descendants(self.launcher.pid)]
        for pid in pids:
            with suppress(ProcessLookupError):  # gone with its parent before its turn
                os.kill(pid, signal.SIGKILL)
        self._ended()
        return len(pids)

    def _ended(self) -> int:
        self.launcher.communicate(timeout=60)
        return self.launcher.returncode


@contextmanager
def new_site(**settings: str):
    """A site on a free port; its state is where the servers' user can reach it, unlike pytest's own directories."""
    with tempfile.TemporaryDirectory(prefix="crisisdienst-") as directory:
        Path(directory).chmod(0o711)
        site = Site(Path(directory) / "state", settings=settings)
        try:
            yield site
        finally:
            if site.launcher and site.launcher.poll() is None:
                site.stop()


def descendants(pid: int) -> list[int]:
    """Every process below this one, the deepest last."""
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
    return [found for child in children for found in (child, *descendants(child))]


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()
