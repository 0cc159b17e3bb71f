"""A refused attempt is logged like any other event (NEN 7513)."""

from django.http import HttpRequest

from accounts.services import log_access


def log_refusal(request: HttpRequest) -> None:
    """Names the view and the record asked for, never the address itself: a query may hold a name."""
    match = request.resolver_match
    log_access(
        request.actor,
        event="request.refused",
        action="E",
        outcome="refused",
        rule="role",
        record_type=(match.view_name if match else "")[:40],
        record_id="/".join(map(str, match.kwargs.values()))[:60] if match else "",
    )
