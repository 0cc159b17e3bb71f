"""How the terms of the region stand, for who manages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers import selectors


@never_cache
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    return render(request, "dossiers/team.html", {"team": selectors.team(request.actor)})
