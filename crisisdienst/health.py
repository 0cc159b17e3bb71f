"""What this process needs to do its work, each asked with a short answer: ok, or what is wrong."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis, RedisError

from routing.selectors import clock_state


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
