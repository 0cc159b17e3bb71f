"""The youth protection measures of a case: the list with a form for a new one, and each with its own form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers import selectors, services
from dossiers.errors import CaseIsClosed, MeasureChanged
from dossiers.forms import MeasureForm, measure_form
from dossiers.models import Measure
from dossiers.policies import leads_or_keeps, may_add_measure
from routing.errors import InvalidEntry
from routing.models import Case

from .case import CONFLICT, REFUSED, at_the_field, log_look, visible


@never_cache
@require_GET
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "measure.read")
    return _list(request, found)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    services.must_keep_measures(request.actor, found)
    form = measure_form(found, data=request.POST)
    if not form.is_valid():
        return _list(request, found, form, REFUSED)
    try:
        services.add_measure(request.actor, found, form.cleaned_data)
    except InvalidEntry as error:
        at_the_field(form, error)
        return _list(request, found, form, REFUSED)
    except CaseIsClosed as error:
        return _list(request, found, form, CONFLICT, problems=[error.message])
    messages.success(request, _("De maatregel is vastgelegd."))
    return redirect("case-measures", pk=found.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    found = visible(request, pk)
    kept = selectors.measure_of(found, measure)
    if kept is None:
        raise Http404
    if request.method == "POST":
        return _change(request, kept)
    log_look(request, found, "measure.read", kept)
    return _one(request, kept, measure_form(found, kept))


def _change(request: HttpRequest, kept: Measure) -> HttpResponse:
    services.must_keep_measures(request.actor, kept.case)
    form = measure_form(kept.case, kept, request.POST)
    if not form.is_valid():
        return _one(request, kept, form, REFUSED)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    try:
        services.change_measure(request.actor, kept, form.cleaned_data, version)
    except InvalidEntry as error:
        at_the_field(form, error)
        return _one(request, kept, form, REFUSED)
    except MeasureChanged as error:
        theirs = selectors.measure_of(kept.case, kept.pk)
        return _one(request, theirs, form, CONFLICT, problems=[error.message], theirs=theirs)
    messages.success(request, _("De maatregel is bewaard."))
    return redirect("case-measures", pk=kept.case_id)


def _list(
    request: HttpRequest, found: Case, form: MeasureForm | None = None, status: int = 200, **extra: object
) -> HttpResponse:
    may_add = may_add_measure(request.actor, found)
    context = {
        "case": found,
        "measures": selectors.measures_of(found),
        "may_change": leads_or_keeps(request.actor, found),
        "form": form or (measure_form(found) if may_add else None),
        **extra,
    }
    return render(request, "dossiers/measures.html", context, status=status)


def _one(request: HttpRequest, kept: Measure, form: MeasureForm, status: int = 200, **extra: object) -> HttpResponse:
    may_change = leads_or_keeps(request.actor, kept.case)
    context = {"case": kept.case, "measure": kept, "form": form, "may_change": may_change, **extra}
    return render(request, "dossiers/measure.html", context, status=status)
