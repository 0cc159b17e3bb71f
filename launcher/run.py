"""make run: from a fresh clone to a running site."""

import errno
import os
import socket
from pathlib import Path

from . import assets, site, venv
from .console import Problem, say, show
from .processes import stop_leftovers
from .state import ROOT, Held, Holder, State, find_state, hold_after_commands
from .supervisor import Supervisor

REGIONS = ROOT / "regions"


def run(_arguments: list[str]) -> int:
    port = wanted_port()
    url = site.url_of(port)
    state = find_state()
    try:
        with hold_after_commands(state, Holder("site", os.getpid(), url)):
            stop_leftovers(state)
            check_port_is_free(port)
            _serve(state, port, url)
    except Held as held:
        show(f"De site draait al / The site is already running: {held.holder.url}")
    return 0


def wanted_port() -> int:
    text = os.environ.get("PORT", site.DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(
            f"PORT={text} is geen poortnummer: kies een getal van 1 tot en met 65535.",
            f"PORT={text} is not a port number: choose a number from 1 to 65535.",
        )
    return int(text)


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((site.HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Problem(
                    f"Poort {port} mag alleen door root worden gebruikt. Kies een andere: PORT=8001 make run",
                    f"Port {port} is for root only. Choose another: PORT=8001 make run",
                ) from None
            raise Problem(
                f"Poort {port} is al in gebruik door een ander programma. Kies een andere: PORT=8001 make run",
                f"Port {port} is already in use by another program. Choose another: PORT=8001 make run",
            ) from None


def _serve(state: State, port: int, url: str) -> None:
    venv.ensure("requirements-local.txt")
    assets.build()
    with Supervisor(state) as supervisor:
        say("Database en berichtenwachtrij starten …")
        supervisor.start(*site.embedded_servers(state))
        env = site.environment(state, url)
        assets.collect_static(env)
        _prepare(state, env)
        say("Site starten …")
        daily = site.as_application(state, env)
        supervisor.start(site.web(state, daily, port), site.worker(state, daily), site.beat(state, daily))
        show(_welcome(state, url))
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            say("Stoppen …")


def _prepare(state: State, env: dict[str, str]) -> None:
    """Migrate always; load the regions and the demo accounts when they, or the code that reads them, changed."""
    sources = [*assets.files_under(REGIONS), *_own_code()]
    wanted = assets.digest(sources)
    loaded = state.directory / "loaded"
    same = "DATABASE_URL" not in os.environ and loaded.exists() and loaded.read_text() == wanted
    packages = sorted(str(file.parent) for file in REGIONS.glob("*/region.yaml"))
    arguments = ["prepare_site", *(f"--region={package}" for package in packages)]
    if not same:
        say("Database bijwerken en de regio's laden …")
    loaded.unlink(missing_ok=True)
    (state.directory / "prepared").write_text(assets.manage(env, *arguments, *(["--unless-loaded"] if same else [])))
    loaded.write_text(wanted)


def _own_code() -> list[Path]:
    apps = ("accounts", "partners", "routing", "triage", "dossiers", "dashboards", "crisisdienst")
    return [path for path in assets.files_under(*(ROOT / app for app in apps)) if path.suffix == ".py"]


def _welcome(state: State, url: str) -> str:
    accounts = (state.directory / "prepared").read_text().strip()
    lines = [f"\n  Crisisdienst: {url}", f"  Logboeken / logs: {state.logs}", "  Stoppen / stop: Ctrl-C"]
    if accounts:
        lines += ["\n  Demo-accounts (naam, wachtwoord, rol):", *(f"    {line}" for line in accounts.splitlines())]
    return "\n".join(lines) + "\n"
