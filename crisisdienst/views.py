"""Pages of the house itself: home, the signs of life, and errors in plain words."""

import sys
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView

from accounts.addresses import client_address

from . import health
from .problems import problem_page
from .refusals import log_refusal

# About what PostgreSQL needs to come back after a restart.
RETRY_AFTER_SECONDS = "5"
# Where somebody's work is.
HOME_OF_ROLE = {
    "icd_worker": "desk",
    "vt_worker": "desk",
    "partner_desk": "inbox",
    "first_line": "lookup",
    "manager": "board",
    "directory_editor": "lookup",
    "privacy_officer": "access-log",
    "admin": "admin:index",
}


def home(request: HttpRequest) -> HttpResponse:
    if not request.actor.role:
        return render(request, "accounts/no_membership.html", status=403)
    return redirect(HOME_OF_ROLE[request.actor.role])


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nobody else."""
    return JsonResponse({"status": "alive"})


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Traffic may come here. Redis, clock and audit are only reported: the desk works on without them."""
    asked = (health.database, health.migrations, health.redis, health.clock, health.audit)
    found = {ask.__name__: ask() for ask in asked}
    ready = found["database"] == found["migrations"] == "ok"
    status = "unavailable" if not ready else "ready" if set(found.values()) == {"ok"} else "degraded"
    return JsonResponse({"status": status, **found}, status=200 if ready else 503)


@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read_metrics(request):
        raise PermissionDenied
    health.audit()  # one of the figures
    return ExportToDjangoView(request)


def _may_read_metrics(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    # No address at all is a connection over a socket of this machine.
    address = client_address(request)
    return not address or ip_address(address).is_loopback


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    log_refusal(request)
    return _error(request, 403, message=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    # Nothing was kept, and soon it will work: another system must know that it may send the same again.
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = 503 if away else 500
    # Without the request: what the page shell asks of the database may be what just failed.
    page = problem_page(request, status) if _is_api(request) else render(None, "errors/500.html", status=status)
    if away:
        page.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return page


def _error(request: HttpRequest | None, status: int, message: str = "") -> HttpResponse:
    if request is not None and _is_api(request):
        return problem_page(request, status)
    return render(request, f"errors/{status}.html", {"message": message}, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
