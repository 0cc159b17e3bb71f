"""How far history and access log are sealed."""

from datetime import datetime, timedelta

from django.db import connection

from accounts.models import AuditSeal

# Beyond what is settled, where few seals lie. By the clock of the database, as the entry has it.
OLDEST = """
SELECT clock_timestamp() - at FROM accounts_auditentry
WHERE id > %(settled)s AND NOT id <@ (
    SELECT coalesce(range_agg(entries), '{}') FROM accounts_auditseal WHERE last_entry > %(settled)s
) ORDER BY id LIMIT 1
"""


def sealed_until() -> datetime | None:
    """When the last seal was made: a change to what was written before is found by `verify_audit`."""
    last = AuditSeal.objects.last_made()
    return last.sealed_at if last else None


def oldest_unsealed() -> timedelta:
    """How long the first entry without a seal waits for it; nothing when none does."""
    last = AuditSeal.objects.last_made()
    with connection.cursor() as cursor:
        cursor.execute(OLDEST, {"settled": last.settled if last else 0})
        found = cursor.fetchone()
    return found[0] if found else timedelta()
