"""What keeps the tables as they are: a trigger that is gone or off, or a right too many, is told before it is used."""

from collections.abc import Iterator

from django.apps import apps
from simple_history.models import HistoricalChanges

from accounts.models import AccessLogEntry, AuditEntry, AuditSeal

from .findings import Defect, Kind
from .streams import ask, table_of

OWN = [table_of(AuditEntry), table_of(AuditSeal)]
ENTERED = "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'row_is_entered'"
TRIGGERS = """
SELECT wanted.name, trigger.name
FROM unnest(%(tables)s) AS wanted (name) CROSS JOIN unnest(%(triggers)s) AS trigger (name)
WHERE NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = to_regclass(quote_ident(wanted.name)) AND tgname = trigger.name
    AND tgenabled IN ('O', 'A')
) ORDER BY 1, 2
"""
RIGHTS = """
SELECT wanted.name, privilege
FROM unnest(%(tables)s) AS wanted (name) CROSS JOIN unnest(%(privileges)s) AS privilege CROSS JOIN pg_roles
WHERE rolname = 'crisisdienst_app' AND to_regclass(quote_ident(wanted.name)) IS NOT NULL
    AND has_table_privilege(pg_roles.oid, to_regclass(quote_ident(wanted.name)), privilege) ORDER BY 1, 2
"""
CHANGES = ["UPDATE", "DELETE", "TRUNCATE"]


def expected_tables() -> set[str]:
    """History, by what it is, and the access log. Others are known by their trigger."""
    history = (model for model in apps.get_models() if issubclass(model, HistoricalChanges))
    return {*map(table_of, history), table_of(AccessLogEntry), *(name for (name,) in ask(ENTERED))}


def check_guards(expected: set[str]) -> Iterator[Defect]:
    tables = sorted(expected)
    for table, trigger in [
        *ask(TRIGGERS, {"tables": tables, "triggers": ["row_is_entered"]}),
        *ask(TRIGGERS, {"tables": [*tables, *OWN], "triggers": ["rows_are_only_added"]}),
    ]:
        yield Defect(Kind.UNGUARDED, table, detail=f"zonder trigger {trigger}")
    for table, right in [
        *ask(RIGHTS, {"tables": [*tables, *OWN], "privileges": CHANGES}),
        *ask(RIGHTS, {"tables": OWN[:1], "privileges": ["INSERT"]}),
    ]:
        yield Defect(Kind.UNGUARDED, table, detail=f"crisisdienst_app mag {right}")
