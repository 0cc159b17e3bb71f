"""The timeline of a case: filtered, in either order, so many at a time; and on paper."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.services import log_access
from dossiers.forms import SummaryForm, TimelineForm
from dossiers.forms.timeline import PAGE
from dossiers.selectors.timeline import MOST, timeline_of
from routing.models import Case
from routing.policies import rule_for_case

from .case import REFUSED, visible


@never_cache
@require_GET
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if "print" in request.GET:
        return _on_paper(request, found)
    _log(request, found, "case.timeline_read", "R")
    return shown(request, found, SummaryForm(auto_id="samenvatting-%s"))


def shown(request: HttpRequest, found: Case, summary_form: SummaryForm, status: int = 200) -> HttpResponse:
    form, told = _asked(request, found)
    limit = form.shown()
    context = {
        "case": found,
        "here": "case-timeline",
        "form": form,
        "entries": told.entries[:limit],
        "found": len(told.entries),
        "total": told.total,
        "filtered": any(request.GET.get(name) for name in form.fields if name != "toon"),
        "more": _with(request, toon=limit + PAGE) if len(told.entries) > limit else "",
        "paper": _with(request, print=1),
        "summary_form": summary_form,
    }
    return render(request, "dossiers/timeline.html", context, status=REFUSED if form.errors else status)


def _on_paper(request: HttpRequest, found: Case) -> HttpResponse:
    form, told = _asked(request, found)
    _log(request, found, "case.printed", "E")
    context = {
        "case": found,
        "form": form,
        "entries": told.entries[:MOST],
        "left_out": max(len(told.entries) - MOST, 0),
        "printed_at": timezone.now(),
        "total": told.total,
        "found": len(told.entries),
    }
    return render(request, "dossiers/timeline_print.html", context)


def _asked(request: HttpRequest, found: Case):
    """The whole once: what it holds is what can be chosen from, and what is chosen leaves the rest out."""
    whole = timeline_of(request.actor, found)
    form = TimelineForm(request.GET, whole.organisations, whole.kinds)
    form.is_valid()
    return form, whole.only(form.asked())


def _with(request: HttpRequest, **also: object) -> str:
    """The query of this page, with something else in it."""
    asked = {name: value for name, value in request.GET.items() if value and name in TimelineForm.base_fields}
    return urlencode(asked | also)


def _log(request: HttpRequest, found: Case, event: str, action: str) -> None:
    rule = rule_for_case(request.actor, found)
    log_access(request.actor, event=event, action=action, record=found, subject=str(found.pk), rule=rule)
