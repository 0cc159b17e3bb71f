"""Whatever keeps history, or says that its rows are only ever added, cannot be changed: by nobody, however they ask."""

import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from simple_history.models import HistoricalChanges

from accounts.models import AuditEntry, AuditSeal
from accounts.verification.guards import check_guards, expected_tables

pytestmark = pytest.mark.django_db

HOW_TO = 'give it operations = [keep_only_added("{}")] in a migration, from accounts.append_only'
CHANGES = {
    "UPDATE": "UPDATE {} SET {column} = {column} WHERE false",
    "DELETE": "DELETE FROM {} WHERE false",
    "TRUNCATE": "TRUNCATE {} CASCADE",
}


def only_added(model) -> bool:
    return issubclass(model, HistoricalChanges) or bool(re.search(r"only\s+ever\s+added", model.__doc__ or ""))


KEPT = [model for model in apps.get_models(include_auto_created=True) if only_added(model)]
TABLES = sorted(model._meta.db_table for model in KEPT)


def test_the_tables_are_found():
    assert {"accounts_accesslogentry", "routing_decision", "routing_historicalcase", "accounts_auditseal"} < {*TABLES}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_change_is_refused_to_owner_and_application(table, change):
    key = next(model for model in KEPT if model._meta.db_table == table)._meta.pk.column
    connection.check_constraints()  # or PostgreSQL refuses for the foreign keys still to be checked
    with connection.cursor() as cursor:
        for role, message in (("CURRENT_USER", "only ever added"), ("crisisdienst_app", "permission denied")):
            cursor.execute(f"SET LOCAL ROLE {role}" if role == "crisisdienst_app" else "RESET ROLE")
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                cursor.execute(CHANGES[change].format(table, column=key))
            assert message in str(refused.value), HOW_TO.format(table)
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_entered(table):
    entered = table not in {AuditEntry._meta.db_table, AuditSeal._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'row_is_entered' AND tgrelid = %s::regclass", [table]
        )
        assert cursor.fetchone()[0] == entered, HOW_TO.format(table)


AS_APPLICATION = [
    # statement                                                             why it must fail
    ("INSERT INTO accounts_auditentry (at, xid, table_name, row_key, columns, digest) "
     "VALUES (now(), '1', 'x', '1', 1, 'x')", "only the trigger enters"),
    ("ALTER TABLE accounts_auditseal DISABLE TRIGGER USER", "the guard is the owner's"),
    ("DROP TRIGGER row_is_entered ON routing_decision", "the guard is the owner's"),
    ("CREATE OR REPLACE FUNCTION enter_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
     "the guard is the owner's"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "why"), AS_APPLICATION)
def test_the_application_cannot_get_round_it(statement, why):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE crisisdienst_app")
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("RESET ROLE")


LOG, ENTRY = "accounts_accesslogentry", "accounts_auditentry"
WEAKENED = [
    # statement                                                       table   told of it
    ("SELECT 1", "", set()),
    (f"ALTER TABLE {LOG} DISABLE TRIGGER row_is_entered", LOG, {"zonder trigger row_is_entered"}),
    (f"DROP TRIGGER rows_are_only_added ON {ENTRY}", ENTRY, {"zonder trigger rows_are_only_added"}),
    (f"SELECT let_change('{LOG}')", LOG, {"zonder trigger row_is_entered", "zonder trigger rows_are_only_added"}),
    (f"GRANT DELETE ON {LOG} TO crisisdienst_app", LOG, {"crisisdienst_app mag DELETE"}),
    (f"GRANT INSERT ON {ENTRY} TO crisisdienst_app", ENTRY, {"crisisdienst_app mag INSERT"}),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "table", "told"), WEAKENED)
def test_a_guard_that_was_taken_away_is_told(statement, table, told):
    with connection.cursor() as cursor:
        expected = expected_tables()
        cursor.execute(statement)
    assert {(each.table, each.detail) for each in check_guards(expected)} == {(table, each) for each in told}
