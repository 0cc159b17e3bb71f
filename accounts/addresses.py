"""Where a request comes from, as the access log, the throttle and the metrics page need it."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_TLS and forwarded:
        # Only the last entry is our own proxy's word; the earlier ones are whatever the client claimed.
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
