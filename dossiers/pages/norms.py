"""The norms of one's region: what must follow what, how soon, and when that would be from now."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.policies import Permission
from dossiers import selectors


@require_GET
def norms(request: HttpRequest) -> HttpResponse:
    if not (request.actor.may(Permission.SEE_CASE) or request.actor.may(Permission.SEE_BOARD)):
        raise PermissionDenied(_("Uw rol mag dit niet. Vraag uw beheerder om toegang."))
    return render(request, "dossiers/norms.html", {"norms": selectors.norms_of(request.actor)})
