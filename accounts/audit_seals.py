"""What a seal is made of, for who makes them and for who checks them."""

import hmac
from datetime import UTC

from django.conf import settings
from django.utils.crypto import salted_hmac

from .audit_models import AuditSeal

# How a value looks as text depends on these; PostgreSQL's own functions of the audit have the same.
STEADY = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, DMY'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1
"""
# The digest of the entries `entry` of a query, in their order.
CONTENTS = """audit_digest(jsonb_agg(jsonb_build_array(entry.id, entry.at, entry.xid, entry.table_name,
    entry.row_key, entry.columns, entry.digest) ORDER BY entry.id)::text)"""


def digest_of_seal(seal: AuditSeal, before: str) -> str:
    """By a key that the database does not know: who can write there still cannot make a seal."""
    parts = (
        *(before, seal.sequence, seal.entries, seal.size, seal.last_entry, seal.contents),
        *(seal.settled, seal.seen_entry, seal.seen_transaction, seal.sealed_at.astimezone(UTC).isoformat()),
    )
    secret = settings.AUDIT_KEY or settings.SECRET_KEY
    message = "\n".join(map(str, parts))
    return salted_hmac("accounts.audit_seal", message, secret=secret, algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
