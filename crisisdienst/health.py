"""What this process needs to do its work, each asked with a short answer: ok, or what is wrong."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from prometheus_client import Gauge
from redis import Redis, RedisError

from accounts.selectors import oldest_unsealed
from routing.selectors import clock_state

# A seal is made every twenty seconds.
SEALED_WITHIN_SECONDS = 60
OLDEST_UNSEALED = Gauge(
    "crisisdienst_audit_oldest_unsealed_seconds", "How long the first audit entry waits for its seal"
)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return "unknown"
    return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def redis() -> str:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()
    except RedisError:
        return "unreachable"
    return "ok"


def clock() -> str:
    """Whether offers run out and alarms are repeated: ok, late or never."""
    try:
        return str(clock_state())
    except DatabaseError:
        return "unknown"


def audit() -> str:
    """Whether history and access log get their seals; if not, since when."""
    try:
        waiting = oldest_unsealed().total_seconds()
    except DatabaseError:
        return "unknown"
    OLDEST_UNSEALED.set(waiting)
    return "ok" if waiting <= SEALED_WITHIN_SECONDS else f"late: {waiting:.0f} s"
