"""The page of a case: who leads and led, what was offered to whom, and both records side by side."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.services import log_access
from routing import selectors as routing
from routing import services as routing_services
from routing.errors import ReasonRequired, RoutingError
from routing.models import Addition, Case
from routing.policies import may_offer_again, rule_for_case

from . import selectors, services
from .forms import OfferAgainForm, form_for

REFUSED = 422
CONFLICT = 409


@never_cache
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    log_access(
        request.actor,
        event="case.read",
        action="R",
        record=found,
        subject=str(pk),
        rule=rule_for_case(request.actor, found),
    )
    return _page(request, found)


@require_POST
def save(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found = _visible(request, pk)
    view = selectors.record_of(request.actor, found, kind)
    if view is None:
        raise Http404
    form = form_for(view.record, request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, forms={kind: form})
    fields = dict(form.cleaned_data)
    try:
        services.save_record(request.actor, view.record, fields, fields.pop("version"))
    except services.RecordChanged as conflict:
        return _page(request, found, CONFLICT, forms={kind: _on_top_of(conflict, request)}, conflict=conflict)
    messages.success(request, _("Het verslag is bewaard."))
    return redirect("case", pk=pk)


def _on_top_of(conflict: services.RecordChanged, request: HttpRequest) -> Form:
    """What was typed, ready to be saved over the version that was read beside it."""
    return form_for(conflict.theirs, {**request.POST.dict(), "version": conflict.theirs.version})


@require_POST
def consulted(request: HttpRequest, pk: int, consultation: int) -> HttpResponse:
    found = _visible(request, pk)
    asked = Addition.objects.filter(case=found, pk=consultation).first()
    if asked is None:
        raise Http404
    routing_services.mark_done(request.actor, asked, request.POST.get("note", "").replace("\x00", ""))
    messages.success(request, _("Vastgelegd: %(kind)s %(name)s.") % _words(asked))
    return redirect("case", pk=pk)


@require_POST
def offer_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = OfferAgainForm(found.region, request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, offer_form=form)
    try:
        offered = routing_services.offer_again(request.actor, found, **form.cleaned_data)
    except ReasonRequired as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, found, REFUSED, offer_form=form)
    except RoutingError as error:
        messages.error(request, error.message)
        return redirect("case", pk=pk)
    messages.success(request, _("Aangeboden aan %(service)s.") % {"service": offered.service.name})
    return redirect("handover", pk=offered.pk)


def _words(asked: Addition) -> dict[str, str]:
    return {"kind": asked.get_kind_display(), "name": asked.organisation.name}


def _page(
    request: HttpRequest,
    found: Case,
    status: int = 200,
    forms: dict[str, Form] | None = None,
    conflict: services.RecordChanged | None = None,
    offer_form: OfferAgainForm | None = None,
) -> HttpResponse:
    may_offer = may_offer_again(request.actor, found)
    records = selectors.records_of(request.actor, found)
    context = {
        "case": found,
        **routing.case_overview(found),
        "records": [(view, (forms or {}).get(view.kind) or form_for(view.record)) for view in records],
        "conflict": conflict,
        "offer_form": (offer_form or OfferAgainForm(found.region)) if may_offer else None,
    }
    return render(request, "dossiers/case.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Case:
    """What an actor may not see does not exist for them; the attempt is logged."""
    found = routing.case_for(request.actor, pk)
    if found is None:
        log_access(
            request.actor,
            event="case.refused",
            action="R",
            record_type="case",
            record_id=str(pk)[:60],
            outcome="refused",
        )
        raise Http404
    return found
