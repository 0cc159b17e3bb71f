"""Who changed what in a case, when and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers import selectors
from dossiers.forms import HistoryForm
from routing.models import Case

from .case import REFUSED, log_look, visible


@never_cache
@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    steps = selectors.steps_of(request.actor, found)
    form = HistoryForm(selectors.users_of(steps), request.GET)
    if not form.is_valid():
        return _shown(request, found, form, None, REFUSED)
    log_look(request, found, "case.history_read")
    return _shown(request, found, form, selectors.history(request.actor, found, steps, form.wanted()))


def _shown(
    request: HttpRequest, case: Case, form: HistoryForm, history: selectors.History | None, status: int = 200
) -> HttpResponse:
    context = {"case": case, "form": form, "history": history, "older": _older(form, history)}
    return render(request, "dossiers/history.html", context, status=status)


def _older(form: HistoryForm, history: selectors.History | None) -> str:
    """The query of the next page."""
    if history is None or history.older is None:
        return ""
    asked = {name: value for name, value in form.cleaned_data.items() if value and name != "voor"}
    return urlencode(asked | {"voor": history.older.isoformat()})
