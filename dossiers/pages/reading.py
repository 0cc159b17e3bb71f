"""What is read of a case, and its records: the page of the case, and who had the lead when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers import selectors
from partners.models import Organisation
from routing import selectors as routing

from .case import log_look, page, visible


@never_cache
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.read")
    return page(request, found)


@never_cache
@require_GET
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody's own work in a case goes on: a note that is still to be completed, else the case."""
    found = visible(request, pk)
    note = selectors.record_of(request.actor, found, Organisation.RecordKind.ICD)
    if note and note.may_edit and note.record.completed_at is None:
        return redirect(f"{reverse('icd-record', args=[pk])}#icdrecord-outcome")
    return redirect("case", pk=pk)


@never_cache
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.lead_read")
    return render(request, "dossiers/lead.html", {"case": found, "told": routing.lead_history(found)})
