"""API tokens: shown once, and kept as a digest only."""

import hashlib
import secrets

from django.db import transaction

from accounts.models import ApiToken, User

from .access_log import log_access


@transaction.atomic
def issue_api_token(user: User) -> str:
    """A new token, shown this once: only its digest is kept. Earlier tokens stay valid."""
    token = secrets.token_urlsafe(32)
    issued = ApiToken.objects.create(user=user, digest=digest_of(token))
    log_access(None, event="api_token.issued", action="C", record=issued, subject=user.username)
    return token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
