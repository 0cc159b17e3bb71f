"""What proves that history and access log are as they were written: an entry for each row, and seals over those."""

from django.db import models

from .fields import EntrySet, TransactionId


class AuditEntry(models.Model):
    """That a row was added and what stood in it, entered by the database itself (trigger `row_is_entered`).

    Rows are only ever added, by that trigger and by nobody else.
    """

    at = models.DateTimeField()
    xid = TransactionId(help_text="entries with the same one came together")
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=64, help_text="the row's primary key, as text")
    columns = models.SmallIntegerField(help_text="how many the table had: one that is added later is no change")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the values in the row")

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key}"


class SealManager(models.Manager):
    def last_made(self) -> "AuditSeal | None":
        return self.order_by("-sequence").first()


class AuditSeal(models.Model):
    """Closes a number of entries: its digest, under a key, also covers the seal before it. Rows are only ever added.

    Entries are sealed when they can be seen, so one of a long transaction is sealed after later ones. `settled` says
    up to where nothing can come any more; `seen_entry` and `seen_transaction` are what the next seal knows it by.
    """

    sequence = models.BigIntegerField(primary_key=True, help_text="without holes")
    entries = EntrySet()
    size = models.IntegerField()
    last_entry = models.BigIntegerField(db_index=True)
    contents = models.CharField(max_length=64, help_text="SHA-256 of the entries")
    settled = models.BigIntegerField(help_text="every entry up to here is in this seal or in an earlier one")
    seen_entry = models.BigIntegerField(help_text="the highest entry that could be seen …")
    seen_transaction = models.BigIntegerField(help_text="… before this transaction began")
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="HMAC of all this and of the digest before")
    objects = SealManager()

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"
