"""What is read of a case, and its records: the page of the case, and who had the lead when."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.services import log_access
from dossiers import selectors, services
from dossiers.forms import form_for
from routing import selectors as routing
from routing.models import Case
from routing.policies import ground_for_case

from .case import CONFLICT, REFUSED, page, visible


@never_cache
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.read")
    return page(request, found)


@never_cache
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.lead_read")
    return render(request, "dossiers/lead.html", {"case": found, "told": routing.lead_history(found)})


@require_POST
def save(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found = visible(request, pk)
    view = selectors.record_of(request.actor, found, kind)
    if view is None:
        raise Http404
    form = form_for(view.record, request.POST)
    if not form.is_valid():
        return page(request, found, REFUSED, records={kind: form})
    fields = dict(form.cleaned_data)
    try:
        services.save_record(request.actor, view.record, fields, fields.pop("version"))
    except services.RecordChanged as conflict:
        return page(request, found, CONFLICT, records={kind: _on_top_of(conflict, request)}, conflict=conflict)
    messages.success(request, _("Het verslag is bewaard."))
    return redirect("case", pk=pk)


def _on_top_of(conflict: services.RecordChanged, request: HttpRequest) -> Form:
    """What was typed, ready to be saved over the version that was read beside it."""
    return form_for(conflict.theirs, {**request.POST.dict(), "version": conflict.theirs.version})


def log_look(request: HttpRequest, found: Case, event: str) -> None:
    ground = ground_for_case(request.actor, found)
    log_access(request.actor, event=event, action="R", record=found, subject=str(found.pk), **ground)
