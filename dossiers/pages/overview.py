"""Who looked at a case, for its client: to read, to print, and as a file. Each of these is logged itself."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.grounds import PURPOSES, RULES
from accounts.services import log_access
from accounts.spreadsheet import csv_response
from dossiers import selectors
from dossiers.policies import may_give_overview
from partners.models import Membership
from routing.models import Case
from routing.policies import rule_for_case

from .case import visible

PURPOSE = "client_request"


@never_cache
@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    found = _given(request, pk)
    _log(request, found, "case.access_overview_read", "R")
    return render(request, "dossiers/overview.html", _context(found))


@never_cache
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that prints itself: what is on paper is logged, as what is on a screen is."""
    found = _given(request, pk)
    _log(request, found, "case.access_overview_printed", "E")
    return render(request, "dossiers/overview_print.html", _context(found))


@never_cache
@require_GET
def exported(request: HttpRequest, pk: int) -> HttpResponse:
    found = _given(request, pk)
    _log(request, found, "case.access_overview_exported", "E")
    return csv_response(f"inzage-casus-{found.pk}.csv", _lines(found))


def _given(request: HttpRequest, pk: int) -> Case:
    found = visible(request, pk)
    if not may_give_overview(request.actor, found):
        raise PermissionDenied(_("Dit overzicht geeft de organisatie die de regie heeft aan de cliënt."))
    return found


def _context(case: Case) -> dict[str, object]:
    return {"case": case, "looks": selectors.overview(case), "made_at": timezone.now()}


def _lines(case: Case) -> Iterator[list[object]]:
    yield [_("Dag"), _("Organisatie"), _("Rol"), _("Wat"), _("Op welke grond"), _("Waarvoor"), _("Aantal keer")]
    roles = dict(Membership.Role.choices)
    for look in selectors.overview(case):
        role, rule = roles.get(look.role, look.role), RULES.get(look.rule, look.rule)
        words = role, look.action, rule, PURPOSES.get(look.purpose, look.purpose)
        yield [look.day.isoformat(), look.organisation, *words, look.times]


def _log(request: HttpRequest, case: Case, event: str, action: str) -> None:
    ground = {"rule": rule_for_case(request.actor, case), "purpose": PURPOSE}
    log_access(request.actor, event=event, action=action, record=case, subject=str(case.pk), **ground)
