"""The seals, one after the other, and the entries in each: what is not as it was sealed."""

from collections.abc import Iterator

from accounts.audit_seals import CONTENTS, digest_of_seal, same
from accounts.models import AuditEntry, AuditSeal

from .findings import Defect, Findings, Kind
from .streams import ask, stream, table_of

ENTRIES, SEALS = table_of(AuditEntry), table_of(AuditSeal)
FIELDS = (
    *("sequence", "entries", "size", "last_entry", "contents"),
    *("settled", "seen_entry", "seen_transaction", "sealed_at", "digest"),
)
COLUMNS = ", ".join("seal.entries::text" if name == "entries" else f"seal.{name}" for name in FIELDS)
# A seal that somebody made endless must not keep us busy without end; no real one is half as large.
LARGEST = "10000"

CHAIN = (
    """
SELECT COLUMNS, found.number, coalesce(found.digest, '')
FROM accounts_auditseal AS seal CROSS JOIN LATERAL (
    SELECT count(*) AS number, CONTENTS AS digest
    FROM (
        SELECT entry.* FROM unnest(seal.entries) AS span
        JOIN accounts_auditentry AS entry ON entry.id >= lower(span) AND entry.id < upper(span)
        LIMIT LARGEST
    ) AS entry
) AS found
WHERE seal.sequence >= %(since)s ORDER BY seal.sequence
""".replace("CONTENTS", CONTENTS)
    .replace("COLUMNS", COLUMNS)
    .replace("LARGEST", LARGEST)
)
REMOVED = """
SELECT number FROM unnest(%(entries)s::int8multirange) AS span
CROSS JOIN LATERAL generate_series(lower(span), upper(span) - 1) AS number
WHERE NOT EXISTS (SELECT FROM accounts_auditentry AS entry WHERE entry.id = number) LIMIT LARGEST
""".replace("LARGEST", LARGEST)


def check_chain(findings: Findings, since: int) -> Iterator[Defect]:
    before = AuditSeal.objects.filter(sequence__lt=since).order_by("-sequence").first()
    last, head = (before.sequence, before.digest) if before else (0, "")
    findings.first = since
    for *values, number, contents in stream(CHAIN, {"since": since}):
        seal = AuditSeal(**dict(zip(FIELDS, values, strict=True)))
        yield from _link(seal, last, head)
        yield from _entries(seal, number, contents)
        last, head = seal.sequence, seal.digest
        findings.seals, findings.entries = findings.seals + 1, findings.entries + number
    findings.last, findings.head = last, head


def _link(seal: AuditSeal, last: int, head: str) -> Iterator[Defect]:
    """Behind a hole only the hole is told: what the next seal covers is not there to compute with."""
    first, until = last + 1, seal.sequence - 1
    if first <= until:
        missing = str(first) if first == until else f"{first} … {until}"
        yield Defect(Kind.SEAL_REMOVED, SEALS, missing, seal.sealed_at, "voor dit moment")
    elif not same(digest_of_seal(seal, head), seal.digest):
        yield Defect(Kind.SEAL_CHANGED, SEALS, str(seal.sequence), seal.sealed_at)


def _entries(seal: AuditSeal, number: int, contents: str) -> Iterator[Defect]:
    if number != seal.size:
        for (missing,) in stream(REMOVED, {"entries": seal.entries}):
            yield Defect(Kind.ENTRY_REMOVED, ENTRIES, str(missing), seal.sealed_at, f"zegel {seal.sequence}")
    elif not same(contents, seal.contents):
        yield Defect(Kind.ENTRY_CHANGED, ENTRIES, seal.entries, seal.sealed_at, f"een of meer, zegel {seal.sequence}")


# --- What is in no seal ------------------------------------------------------------------------------

# It may wait so long for its seal.
PATIENCE_SECONDS = 60
UNSEALED = """
FROM accounts_auditentry AS entry
WHERE at < now() - make_interval(secs => %(patience)s)
    AND NOT id <@ (SELECT coalesce(range_agg(entries), '{}') FROM accounts_auditseal)
"""
# Up to `settled` everything that came in the right way has its seal.
INSERTED = f"SELECT id, at, table_name, row_key {UNSEALED} AND id <= %(settled)s ORDER BY id"
WAITING = f"SELECT count(*), min(at) {UNSEALED} AND id > %(settled)s HAVING count(*) > 0"


def check_unsealed() -> Iterator[Defect]:
    last = AuditSeal.objects.last_made()
    known = {"patience": PATIENCE_SECONDS, "settled": last.settled if last else 0}
    for number, at, table, row in stream(INSERTED, known):
        yield Defect(Kind.ENTRY_INSERTED, ENTRIES, str(number), at, f"over {table} {row}")
    for number, oldest in ask(WAITING, known):
        yield Defect(Kind.ENTRY_UNSEALED, ENTRIES, "", oldest, f"{number} stuks, sinds dit moment")
