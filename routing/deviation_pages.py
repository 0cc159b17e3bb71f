"""Where people chose otherwise than the agreement, and a proposal made of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from partners.models import Service

from . import services
from .errors import RoutingError, RulesInvalid
from .periods import PeriodForm
from .selectors.deviations import deviations as deviations_in

REFUSED = 422
CONFLICT = 409


@never_cache
@require_GET
def deviations(request: HttpRequest) -> HttpResponse:
    return _page(request, PeriodForm.asked(request.GET))


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.EDIT_RULES)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    ours = {each.slug: each for each in Service.objects.filter(region=request.actor.region_id)}
    if (service := ours.get(request.POST.get("service", ""))) is None:
        raise Http404
    try:
        draft = services.propose_from_deviations(
            request.actor, request.POST.get("rule", ""), service, **form.cleaned_data
        )
    except RulesInvalid as invalid:
        return _page(request, form, CONFLICT, problem=" ".join(invalid.errors.values()))
    except RoutingError as error:
        return _page(request, form, CONFLICT, problem=error.message)
    messages.success(
        request,
        _("Concept «%(version)s» is gemaakt. Lees het na, pas het aan en toets het; er verandert nog niets.")
        % {"version": draft.version},
    )
    return redirect("rules-set", pk=draft.pk)


def _page(request: HttpRequest, form: PeriodForm, status: int = 200, **extra: object) -> HttpResponse:
    request.actor.must(Permission.EDIT_RULES)
    found = deviations_in(request.actor, **form.cleaned_data) if form.is_valid() else []
    context = {"form": form, "found": found, **extra}
    return render(request, "routing/deviations.html", context, status=status if form.is_valid() else REFUSED)
