"""Reading millions of rows with the memory of a few."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from accounts.audit_seals import STEADY


def stream(query: str, parameters: dict[str, Any] | None = None) -> Iterator[tuple]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(STEADY)
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, parameters)
            yield from cursor


def ask(query: str, parameters: dict[str, Any] | None = None) -> list[tuple]:
    """What is short."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def table_of(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001
