"""The two commands, as the person who types them meets them."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .site import ROOT, Site, descendants, free_port, new_site


@pytest.fixture
def site():
    with new_site() as site:
        yield site


def test_a_taken_port_is_said_in_two_languages_before_anything_starts(site):
    with socket.create_server(("127.0.0.1", site.port)):
        done = site.run()
    assert done.returncode == 1
    assert f"Poort {site.port} is al in gebruik" in done.stdout
    assert f"Port {site.port} is already in use" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (site.state / "postgres").exists()


@pytest.mark.parametrize("port", ["zeven", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_no_port_is_refused(site, port):
    site.port = port
    done = site.run()
    assert done.returncode == 1
    assert f"PORT={port} is not a port number" in done.stdout


def test_a_site_from_start_to_stop(site):
    """One start serves several questions: each costs seconds."""
    site.start()
    processes = descendants(site.launcher.pid)

    second = Site(site.state, free_port()).run()
    assert second.returncode == 0
    assert site.url in second.stdout, "a second run tells where the first one is"

    refused = site.run("reset")
    assert refused.returncode == 1
    assert "is still running" in refused.stdout

    beside = site.manage("decide", "--region", "kennemerland", "--category", "ggz", "--age", "40",
                         "--municipality", "GM0392", "--at", "2026-11-24T10:15")  # fmt: skip
    assert json.loads(beside.stdout)["organisation"], beside.stderr

    assert site.stop() == 0
    assert [pid for pid in processes if Path(f"/proc/{pid}").exists()] == [], "a stopped site leaves no process"

    alone = site.manage(
        "shell", "--no-imports", "-c", "from partners.models import Region; print(Region.objects.count())"
    )
    assert alone.stdout.strip() == "2", alone.stderr
    assert (site.state / "secret_key").stat().st_mode & 0o777 == 0o600

    assert site.run("reset").returncode == 0
    assert not site.state.exists()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL"])
def test_settings_fail_loudly_when_a_value_is_missing(missing):
    values = {
        "SECRET_KEY": "k",
        "ALLOWED_HOSTS": "h",
        "SITE_URL": "https://h",
        "DATABASE_URL": "postgres://h/d",
        "REDIS_URL": "redis://h",
    }
    del values[missing]
    done = subprocess.run(
        [sys.executable, "-c", "import crisisdienst.settings"], cwd=ROOT, env=values, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert missing in done.stderr
