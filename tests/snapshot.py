"""Rows as PostgreSQL copies them: loading a region once and copying it into each test takes a tenth of the time."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

APPS = ("partners", "routing", "triage", "dossiers")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of the tables that were not empty."""

    rows: dict[type[Model], str]

    @classmethod
    def take(cls) -> "Snapshot":
        copied = {model: _copy_out(model) for app in APPS for model in apps.get_app_config(app).get_models()}
        return cls({model: rows for model, rows in copied.items() if rows})

    @transaction.atomic
    def restore(self) -> None:
        """Into empty tables. Foreign keys are checked at the end, so the order does not matter."""
        with connection.cursor() as cursor:
            for model, rows in self.rows.items():
                cursor.cursor.copy_expert(f"COPY {_table(model)} FROM STDIN", StringIO(rows))
            for statement in _sequence_resets(self.rows):
                cursor.execute(statement)


def _copy_out(model: type[Model]) -> str:
    rows = StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {_table(model)} TO STDOUT", rows)
    return rows.getvalue()


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _sequence_resets(models: Iterable[type[Model]]) -> list[str]:
    return connection.ops.sequence_reset_sql(no_style(), list(models))
