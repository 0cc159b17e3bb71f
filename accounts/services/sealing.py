"""Sealing the entries of the audit, after the fact and in the background: who adds a row never waits for it.

A round goes once through what can be seen and is in no seal, lowest entry first. An entry of a transaction that ends
later has a lower number than some that are sealed by then; a later round finds it. `settled` keeps that search short:
it is where a round begins, and follows the ends of the transactions of one round ago.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.audit_seals import CONTENTS, STEADY, digest_of_seal
from accounts.models import AuditEntry, AuditSeal

SEAL_SIZE = 1000

# A seal whose last entry lies before this batch holds nothing of it.
BATCH = """
WITH entry AS (
    SELECT candidate.* FROM accounts_auditentry AS candidate
    WHERE candidate.id > %(after)s AND NOT candidate.id <@ (
        SELECT coalesce(range_agg(seal.entries), '{}') FROM accounts_auditseal AS seal
        WHERE seal.last_entry > %(after)s
    )
    ORDER BY candidate.id LIMIT %(size)s
)
SELECT range_agg(int8range(id, id, '[]'))::text AS entries, count(*) AS size, max(id) AS last_entry, CONTENTS
FROM entry HAVING count(*) > 0
""".replace("CONTENTS", CONTENTS)


@dataclass(frozen=True, slots=True)
class Horizon:
    """What the round before left for this one, and what this one leaves."""

    begin: int
    settled: int
    seen_entry: int
    seen_transaction: int


def seal_entries() -> int:
    """Seals what waits and says how many entries that were. Stops itself well before it is killed."""
    ends_at = time.monotonic() + settings.AUDIT_RUN_SECONDS
    sealed = 0
    for seal in _round(look_ahead()):
        sealed += seal.size
        if time.monotonic() > ends_at:
            break
    return sealed


def _round(horizon: Horizon) -> Iterator[AuditSeal]:
    after = horizon.begin
    while seal := seal_batch(horizon, after):
        yield seal
        if seal.size < SEAL_SIZE:
            break
        after = seal.last_entry


@transaction.atomic(durable=True)
def look_ahead() -> Horizon:
    """The highest entry first, the transaction after it: whoever has a lower entry began before this transaction."""
    last = AuditSeal.objects.last_made()
    seen = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_current_xact_id()::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        current, oldest = cursor.fetchone()
    if last is None:
        return Horizon(0, 0, seen, current)
    over = last.seen_transaction <= oldest
    return Horizon(last.settled, last.seen_entry if over else last.settled, seen, current)


@transaction.atomic
def seal_batch(horizon: Horizon, after: int) -> AuditSeal | None:
    """One seal, or nothing when nothing waits. Its number is the primary key: of two sealers at once one fails."""
    with connection.cursor() as cursor:
        cursor.execute(STEADY)
        cursor.execute(BATCH, {"after": after, "size": SEAL_SIZE})
        batch = cursor.fetchone()
    return _add(horizon, *batch) if batch else None


def _add(horizon: Horizon, entries: str, size: int, last_entry: int, contents: str) -> AuditSeal:
    before = AuditSeal.objects.last_made()
    seal = AuditSeal(
        sequence=before.sequence + 1 if before else 1,
        entries=entries,
        size=size,
        last_entry=last_entry,
        contents=contents,
        settled=horizon.settled if size < SEAL_SIZE else min(horizon.settled, last_entry),
        seen_entry=horizon.seen_entry,
        seen_transaction=horizon.seen_transaction,
        sealed_at=timezone.now(),
    )
    seal.digest = digest_of_seal(seal, before.digest if before else "")
    seal.save(force_insert=True)
    return seal
