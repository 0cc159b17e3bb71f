"""The versions of the agreement: which one holds, held and will hold; and where a new one begins."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from partners.models import Region
from routing import selectors, services
from routing.errors import RoutingError, RulesInvalid

from .bench import editable, in_force, region_of, visible
from .forms import AsOfForm, DraftForm

REFUSED = 422


@never_cache
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.EDIT_RULES)
    region = region_of(request)
    form = DraftForm(request.POST, choices=_bases(request, region))
    if not form.is_valid():
        return _page(request, REFUSED, form)
    based_on = visible(request, int(form.cleaned_data["based_on"]))
    try:
        draft = services.start_draft(request.actor, region, based_on, form.cleaned_data["version"])
    except RulesInvalid as refused:
        for name, text in refused.errors.items():
            form.add_error(name if name in form.fields else None, text)
        return _page(request, REFUSED, form)
    messages.success(request, _("Het concept %(version)s is begonnen.") % {"version": draft.version})
    return redirect("rules-set", pk=draft.pk)


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    try:
        proof = services.prove_rule_set(request.actor, found)
    except RoutingError as refused:
        messages.error(request, refused.message)
    else:
        if proof.report["gaps"] or proof.report["conflicts"]:
            messages.warning(request, _("Getoetst: de afspraken zijn niet sluitend."))
        else:
            messages.success(request, _("Getoetst: de afspraken zijn sluitend."))
    return redirect("rules-publish" if "publish" in request.POST else "rules-set", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    try:
        services.discard_draft(request.actor, found)
    except RoutingError as refused:
        messages.error(request, refused.message)
        return redirect("rules-set", pk=pk)
    messages.success(request, _("Het concept %(version)s is weggegooid.") % {"version": found.version})
    return redirect("rules")


def _page(request: HttpRequest, status: int = 200, form: DraftForm | None = None) -> HttpResponse:
    request.actor.must(Permission.LOOK_UP)
    region = region_of(request)
    as_of = AsOfForm(request.GET if "op" in request.GET else None)
    day = as_of.cleaned_data["op"] if as_of.is_valid() else None
    held = in_force(region)
    context = {
        "region": region,
        "listed": selectors.rule_sets(request.actor, region),
        "waivers": selectors.open_waivers(region),
        "as_of": as_of,
        "day": day,
        "held": selectors.rule_set_at(region, _noon(day, region)) if day else None,
        "may_edit": request.actor.may(Permission.EDIT_RULES),
        "form": form or DraftForm(choices=_bases(request, region), initial={"based_on": held.pk if held else None}),
    }
    return render(request, "routing/rules/list.html", context, status=status)


def _bases(request: HttpRequest, region: Region) -> list[tuple[int, str]]:
    return [(each.rule_set.pk, each.rule_set.version) for each in selectors.rule_sets(request.actor, region)]


def _noon(day: date, region: Region) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(region.timezone))
