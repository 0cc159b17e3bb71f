"""Light or dark: as the machine says, until somebody chooses. The choice stays in this browser, also signed out."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

COOKIE = "theme"
AS_MACHINE = "system"
CHOICES = {AS_MACHINE: _("Als apparaat"), "light": _("Licht"), "dark": _("Donker")}
A_YEAR_SECONDS = 365 * 24 * 60 * 60


def theme(request: HttpRequest) -> dict:
    """For templates: what was chosen, and what there is to choose."""
    chosen = request.COOKIES.get(COOKIE, AS_MACHINE)
    return {"theme": chosen if chosen in CHOICES else AS_MACHINE, "themes": CHOICES}


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Anything else than a choice leaves it as it is."""
    response = redirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in CHOICES:
        response.set_cookie(
            COOKIE, chosen, max_age=A_YEAR_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"
