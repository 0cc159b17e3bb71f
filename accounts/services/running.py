"""One process at a time for what gains nothing by two."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# The locks of PostgreSQL are numbers; these stand for nothing else in this database.
RUN_LOCKS = {"email": 7_300_001, "webhook": 7_300_002, "audit": 7_300_003}


@contextmanager
def run_alone(work: str) -> Iterator[bool]:
    """False while another process does this work: else runs that hang would take every process of the worker.

    The lock is the connection's, so it ends with a worker that is killed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RUN_LOCKS[work]])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [RUN_LOCKS[work]])
