"""The terms of a case: their lights, why they end then, and what somebody does about one."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dossiers import selectors, services
from dossiers.forms import SUSPENSION_ACTS, clock_form, suspension_form
from dossiers.models import Clock, Suspension
from dossiers.policies import leads_or_keeps
from routing.errors import InvalidEntry, RoutingError
from routing.models import Case

from .case import CONFLICT, REFUSED, at_the_field, log_look, visible

Given = dict[tuple[str, int], forms.Form]
CLOCK_ACTS = {
    "suspend": (services.suspend, gettext_lazy("De opschorting is vastgelegd.")),
    "stuck": (services.mark_stuck, gettext_lazy("Vastgelegd dat het vastloopt.")),
    "going": (services.mark_going, gettext_lazy("Vastgelegd dat het weer loopt.")),
    "move": (services.correct_start, gettext_lazy("Het begin is verbeterd.")),
    "drop": (services.drop_clock, gettext_lazy("De termijn is vervallen.")),
}
ACTS_ON_SUSPENSIONS = {
    "resume": (services.resume, gettext_lazy("De termijn loopt weer.")),
    "remove": (services.remove_suspension, gettext_lazy("De opschorting is verwijderd.")),
}


@never_cache
@require_GET
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.terms_read")
    return _page(request, found)


@require_POST
def on_clock(request: HttpRequest, pk: int, clock: int, act: str) -> HttpResponse:
    found = visible(request, pk)
    if act not in CLOCK_ACTS:
        raise Http404
    running = get_object_or_404(Clock.objects.select_related("norm", "case"), case=found, pk=clock)
    form = clock_form(act, running, request.POST)
    serve, said = CLOCK_ACTS[act]
    return _answered(
        request, found, (act, running.pk), form, lambda given: serve(request.actor, running, **given), said
    )


@require_POST
def on_suspension(request: HttpRequest, pk: int, suspension: int, act: str) -> HttpResponse:
    found = visible(request, pk)
    if act not in ACTS_ON_SUSPENSIONS:
        raise Http404
    kept = Suspension.objects.select_related("clock__norm", "clock__case")
    standing = get_object_or_404(kept, clock__case=found, pk=suspension)
    form = suspension_form(act, standing, request.POST)
    serve, said = ACTS_ON_SUSPENSIONS[act]
    key = (act, standing.pk)
    return _answered(request, found, key, form, lambda given: serve(request.actor, standing, **given), said)


def _answered(
    request: HttpRequest,
    found: Case,
    key: tuple[str, int],
    form: forms.Form,
    act: Callable[[dict[str, object]], object],
    said: object,
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, REFUSED, given={key: form})
    try:
        act(form.cleaned_data)
    except InvalidEntry as error:
        at_the_field(form, error)
        return _page(request, found, REFUSED, given={key: form})
    except RoutingError as error:
        return _page(request, found, CONFLICT, given={key: form}, problems=[error.message])
    messages.success(request, str(said))
    return redirect("case-terms", pk=found.pk)


def _page(
    request: HttpRequest,
    found: Case,
    status: int = 200,
    *,
    given: Given | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    given = given or {}
    may_act = leads_or_keeps(request.actor, found)
    rows = [_row(term, given, may_act) for term in selectors.terms_of(found)]
    context = {
        "case": found,
        "rows": rows,
        "dropped": selectors.dropped_of(found),
        "may_act": may_act,
        "problems": problems,
        "unsaved": _unsaved(given, rows),
    }
    return render(request, "dossiers/terms.html", context, status=status)


def _row(term: selectors.Term, given: Given, may_act: bool) -> dict[str, object]:
    """A term, and the forms of what can be done about it now."""
    acts, standing = [], [(each, []) for each in term.suspensions]
    if may_act and term.is_running:
        acts = [given.get((act, term.clock.pk)) or clock_form(act, term.clock) for act in _possible(term)]
        standing = [(each, _suspension_forms(term, each, given)) for each in term.suspensions]
    return {"term": term, "acts": [_named(form, _act_of(form)) for form in acts], "suspensions": standing}


def _possible(term: selectors.Term) -> list[str]:
    stuck = "going" if term.clock.stuck_at else "stuck"
    return [*(["suspend"] if term.may_stand_still else []), stuck, "move", "drop"]


def _suspension_forms(term: selectors.Term, suspension: Suspension, given: Given) -> list[forms.Form]:
    suspension.clock = term.clock
    open_now = suspension.ends_at is None or suspension.ends_at > term.now
    acts = [act for act in SUSPENSION_ACTS if act != "resume" or open_now]
    return [_named(given.get((act, suspension.pk)) or suspension_form(act, suspension), act) for act in acts]


def _act_of(form: forms.Form) -> str:
    return form.auto_id.split("-")[2]


def _named(form: forms.Form, act: str) -> forms.Form:
    form.act, form.title = act, ACT_NAMES[act]
    return form


ACT_NAMES = {
    "suspend": gettext_lazy("Stilzetten"),
    "stuck": gettext_lazy("Het loopt vast"),
    "going": gettext_lazy("Het loopt weer"),
    "move": gettext_lazy("Begin klopt niet"),
    "drop": gettext_lazy("Geldt niet"),
    "resume": gettext_lazy("Weer laten lopen"),
    "remove": gettext_lazy("Verwijderen: dit klopte niet"),
}


def _unsaved(given: Given, rows: list[dict]) -> list[str]:
    """What was typed in a form that is gone, because somebody else was first."""
    shown = [form for row in rows for form in row["acts"]]
    shown += [form for row in rows for _each, forms_ in row["suspensions"] for form in forms_]
    gone = [form for form in given.values() if form not in shown]
    return [str(form[name].value()) for form in gone for name in form.fields if form[name].value()]
