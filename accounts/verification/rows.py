"""Every row beside its entry: changed, gone, or there without one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import sql

from accounts.append_only import RENAMED

from .findings import Defect, Findings, Kind
from .streams import ask, stream

SCOPE = """NOT entry.id <@ (
    SELECT coalesce(range_agg(entries), '{}') FROM accounts_auditseal WHERE sequence < %(since)s
)"""
ENTERED = "SELECT table_name, columns, count(*) FROM accounts_auditentry AS entry WHERE SCOPE GROUP BY 1, 2"
# In the order in which the columns were made: only the last ones can be younger than an entry.
SHAPE = """
SELECT array_agg(attname::text ORDER BY attnum), min(attname) FILTER (WHERE attnum = ANY (indkey))
FROM pg_attribute JOIN pg_index ON indrelid = attrelid AND indisprimary
WHERE attrelid = to_regclass(quote_ident(%(table)s)) AND attnum > 0 AND NOT attisdropped HAVING count(*) > 0
"""
# As text on both sides: an entry that somebody made up must not stop the work.
DIFFERENT = """
SELECT entry.row_key, entry.at, kept.{key} IS NULL
FROM accounts_auditentry AS entry LEFT JOIN {table} AS kept ON kept.{key}::text = entry.row_key
WHERE entry.table_name = ANY (%(names)s) AND {scope} AND (
    kept.{key} IS NULL OR audit_digest(CASE entry.columns {shapes} END) IS DISTINCT FROM entry.digest
)
"""
WITHOUT_ENTRY = """
SELECT kept.{key}::text, coalesce(to_jsonb(kept)->>'history_date', to_jsonb(kept)->>'at',
    to_jsonb(kept)->>'made_at', to_jsonb(kept)->>'written_at', to_jsonb(kept)->>'held_at')::timestamptz
FROM {table} AS kept WHERE NOT EXISTS (
    SELECT FROM accounts_auditentry AS entry
    WHERE entry.table_name = ANY (%(names)s) AND entry.row_key = kept.{key}::text
)
"""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    names: list[str]
    columns: list[str]
    key: str

    def query(self, template: str, entered: list[int]) -> sql.Composed:
        return sql.SQL(template).format(
            table=sql.Identifier(self.name),
            key=sql.Identifier(self.key),
            scope=sql.SQL(SCOPE),
            shapes=sql.SQL(" ").join(self._shape(number) for number in sorted({*entered, len(self.columns)})),
        )

    def _shape(self, number: int) -> sql.Composed:
        """The row as it was when it had so many columns. With more than there are now it cannot be computed: NULL."""
        values = sql.SQL(", ").join(sql.SQL("kept.{}").format(sql.Identifier(each)) for each in self.columns[:number])
        known = sql.SQL("ROW({})::text").format(values) if number <= len(self.columns) else sql.SQL("NULL")
        return sql.SQL("WHEN {} THEN {}").format(sql.Literal(number), known)


def check_rows(findings: Findings, expected: set[str], since: int) -> Iterator[Defect]:
    """Of the tables that have entries and of those that should have."""
    entered = _entered(since)
    for name in sorted(expected | entered.keys()):
        findings.rows[name] = sum(entered[name].values())
        yield from _check(name, list(entered[name]), since)


def _entered(since: int) -> dict[str, dict[int, int]]:
    """How many entries each table has, by the number of columns it had."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, columns, number in ask(ENTERED.replace("SCOPE", SCOPE), {"since": since}):
        found[RENAMED.get(name, name)][columns] += number
    return found


def _check(name: str, entered: list[int], since: int) -> Iterator[Defect]:
    table = _table(name)
    if table is None:
        yield Defect(Kind.ROW_DELETED, name, detail="de hele tabel")
        return
    known = {"names": table.names, "since": since}
    for row, at, gone in stream(table.query(DIFFERENT, entered), known):
        yield Defect(Kind.ROW_DELETED if gone else Kind.ROW_CHANGED, name, row, at)
    for row, at in stream(table.query(WITHOUT_ENTRY, entered), known):
        yield Defect(Kind.ROW_INSERTED, name, row, at)


def _table(name: str) -> Table | None:
    names = [name, *(old for old, new in RENAMED.items() if new == name)]
    return next((Table(name, names, columns, key) for columns, key in ask(SHAPE, {"table": name})), None)
