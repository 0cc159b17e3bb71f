"""For migrations: tables whose rows are only ever added, and whose every row is entered in the audit.

    dependencies = [..., ("accounts", "0006_audit")]
    operations = [..., keep_only_added("triage_historicalcontact")]

After the table is made. From then on the database refuses to change, delete or truncate, whoever asks, and enters each
new row by itself; the rows that are there already are entered at once.
"""

from django.db.migrations import RunSQL

# Entries keep the name that a table had. A migration that gives one another name adds it here: old name, new name.
RENAMED: dict[str, str] = {}


def keep_only_added(*tables: str) -> RunSQL:
    return RunSQL(
        [("SELECT keep_only_added(%s)", [table]) for table in tables],
        [("SELECT let_change(%s)", [table]) for table in tables],
        elidable=False,
    )
