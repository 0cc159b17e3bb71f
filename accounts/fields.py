"""Two column types of PostgreSQL that Django does not know; neither is ever searched by a value of Python's."""

from django.db import models


class TransactionId(models.Field):
    """The number of a transaction, as PostgreSQL counts them over the years."""

    def db_type(self, connection) -> str:
        return "xid8"


class EntrySet(models.Field):
    """A set of entry numbers, kept as ranges: `{[1,18),[20,31)}`. Read and written as that text."""

    def db_type(self, connection) -> str:
        return "int8multirange"

    def select_format(self, compiler, sql, params):
        return f"{sql}::text", params
