"""Signs of life, and who may read the figures of the machine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.services import seal_entries
from routing.models import ClockTick
from routing.services import sweep

METRICS = [
    # token set  address       header          status  why
    ("", "127.0.0.1", "", 200, "this machine"),
    ("", "::1", "", 200, "this machine"),
    ("", "", "", 200, "a socket of this machine"),
    ("", "192.0.2.1", "", 403, "another machine"),
    ("geheim", "192.0.2.1", "Bearer geheim", 200, "the collector"),
    ("geheim", "192.0.2.1", "Bearer gehein", 403, "somebody guessing"),
    ("geheim", "127.0.0.1", "", 403, "with a token set only the token counts"),
]  # fmt: skip


@pytest.mark.parametrize(("token", "address", "header", "status", "why"), METRICS)
def test_metrics_are_for_this_machine_or_the_token(client, db, settings, token, address, header, status, why):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", REMOTE_ADDR=address, headers={"Authorization": header})
    assert answer.status_code == status, why


def test_alive_asks_nobody(client):
    assert client.get("/healthz").json() == {"status": "alive"}


def test_ready(client, db):
    sweep()
    assert client.get("/readyz").json() == {
        "status": "ready",
        "database": "ok",
        "migrations": "ok",
        "redis": "ok",
        "clock": "ok",
        "audit": "ok",
    }


CLOCKS = [
    # seconds ago  status      clock    why
    (None, "degraded", "never", "nothing ever swept: no offer runs out"),
    (61, "degraded", "late", "more than a minute ago"),
    (30, "ready", "ok", "a tick was missed, the next one is coming"),
]  # fmt: skip


@pytest.mark.parametrize(("seconds_ago", "status", "clock", "why"), CLOCKS)
def test_a_clock_that_stopped_is_told_and_refuses_no_traffic(client, db, seconds_ago, status, clock, why):
    if seconds_ago is not None:
        ClockTick.objects.create(pk=1, swept_at=timezone.now() - timedelta(seconds=seconds_ago))
    answer = client.get("/readyz")
    assert answer.status_code == 200, why
    assert (answer.json()["status"], answer.json()["clock"]) == (status, clock), why


WAITING = [
    # seconds  status      audit          why
    (None, "ready", "ok", "nothing waits"),
    (50, "ready", "ok", "its seal is coming"),
    (75, "degraded", "late: 75 s", "nobody seals"),
]  # fmt: skip


@pytest.mark.parametrize(("seconds", "status", "audit", "why"), WAITING)
def test_an_audit_that_nobody_seals_is_told_and_refuses_no_traffic(client, db, seconds, status, audit, why):
    sweep()
    seal_entries()
    if seconds is not None:
        at = timezone.now() - timedelta(seconds=seconds)
        AuditEntry.objects.create(at=at, xid="1", table_name="x", row_key="1", columns=1, digest="x")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["audit"]) == (200, status, audit), why
    figures = client.get("/metrics", REMOTE_ADDR="127.0.0.1").content.decode()
    assert f"\ncrisisdienst_audit_oldest_unsealed_seconds {seconds or 0}." in figures


def test_without_redis_the_desk_still_works(client, db, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["redis"]) == (200, "degraded", "unreachable")


def test_a_migration_that_has_not_run_is_not_ready(client, db):
    (last,) = MigrationLoader(connection).graph.leaf_nodes("accounts")
    MigrationRecorder(connection).record_unapplied(*last)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")


@pytest.fixture
def no_database(transactional_db):
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


def test_without_database_it_is_not_ready(client, no_database):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_without_database_another_system_hears_when_to_ask_again(client, no_database):
    client.raise_request_exception = False
    answer = client.get("/api/v1/lookup/", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["status"], answer.headers["Retry-After"]) == (503, 503, "5")


def test_without_database_a_person_gets_a_page_that_says_so(client, no_database):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Het ligt niet aan u" in answer.content.decode()
