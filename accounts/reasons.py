"""Why a record changes, kept with that version of it: the history of a case shows it."""

from django.db.models import Model


def because(record: Model, reason: str) -> None:
    """Said before saving; for what the fields themselves do not tell."""
    record._change_reason = reason  # noqa: SLF001 - the name that django-simple-history reads
