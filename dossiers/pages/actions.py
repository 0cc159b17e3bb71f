"""What is done in a case: the list of actions, a new one of a kind, and one that is corrected, extended or ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers import selectors, services
from dossiers.core.actions import RULES, Kind
from dossiers.errors import CaseIsClosed
from dossiers.forms import ActionForm, EndForm, ExtendForm
from dossiers.models import Action
from dossiers.policies import may_act, may_add
from routing.models import Case

from .case import CONFLICT, log_look, visible
from .filled_in import done, filled_in, version_of

HERE = "case-actions"


@never_cache
@require_GET
def actions(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.actions_read")
    context = {
        "case": found,
        "here": HERE,
        "actions": selectors.actions_of(found),
        "kinds": Action.Kind.choices if may_act(request.actor, found) else [],
    }
    return render(request, "dossiers/actions.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found = visible(request, pk)
    if kind not in RULES or not may_add(request.actor, found):
        raise Http404
    form = ActionForm(request.actor, found, kind, request.POST if request.method == "POST" else None)

    def again(status: int = 200, **extra: object) -> HttpResponse:
        context = {"case": found, "here": HERE, "form": form, "kind": Action.Kind(kind).label, **extra}
        return render(request, "dossiers/action_new.html", context, status=status)

    def act() -> HttpResponse:
        begun = services.begin_action(request.actor, found, kind, form.cleaned_data)
        return done(request, _("Vastgelegd: %(kind)s.") % {"kind": begun.get_kind_display()}, "case-actions", pk)

    if not form.is_bound and found.closed_at is not None:
        return again(CONFLICT, problems=[CaseIsClosed().message])
    return filled_in(form, act, again) if form.is_bound else again()


@never_cache
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Looked at, and corrected."""
    found, one = _one(request, pk, action)
    if request.method == "GET":
        log_look(request, found, "case.actions_read")
        return _page(request, found, one)
    form = ActionForm(request.actor, found, one.kind, request.POST, action=one)

    def act() -> HttpResponse:
        services.correct_action(request.actor, one, version_of(form), form.cleaned_data)
        return done(request, _("De actie is gewijzigd."), "action", pk, one.pk)

    return filled_in(form, act, lambda status, **extra: _page(request, found, one, status, form=form, **extra))


@require_POST
def extend(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    found, one = _one(request, pk, action)
    form = ExtendForm(request.POST, auto_id="verlengen-%s")

    def act() -> HttpResponse:
        given = form.cleaned_data
        services.extend_action(request.actor, one, version_of(form), given["lapses_on"], given["because"])
        return done(request, _("De verlenging is vastgelegd."), "action", pk, one.pk)

    return filled_in(form, act, lambda status, **extra: _page(request, found, one, status, extend_form=form, **extra))


@require_POST
def end(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    found, one = _one(request, pk, action)
    form = EndForm(one, request.POST)

    def act() -> HttpResponse:
        services.end_action(request.actor, one, version_of(form), form.cleaned_data)
        return done(request, _("Het einde is vastgelegd."), "action", pk, one.pk)

    return filled_in(form, act, lambda status, **extra: _page(request, found, one, status, end_form=form, **extra))


def _page(request: HttpRequest, found: Case, one: Action, status: int = 200, **extra: object) -> HttpResponse:
    steps = one.history.select_related("history_user", "organisation")
    context = {"case": found, "here": HERE, "action": one, "steps": steps}
    if one.may_change:
        context |= _forms(request, found, one)
    return render(request, "dossiers/action.html", context | extra, status=status)


def _forms(request: HttpRequest, found: Case, one: Action) -> dict:
    shown: dict = {"form": ActionForm(request.actor, found, one.kind, action=one)}
    if one.ended_at is None:
        shown["end_form"] = EndForm(one)
        if RULES[Kind(one.kind)].extended and not selectors.has_lapsed(one):
            shown["extend_form"] = ExtendForm(auto_id="verlengen-%s", initial={"version": one.version})
    return shown


def _one(request: HttpRequest, pk: int, action: int) -> tuple[Case, Action]:
    found = visible(request, pk)
    one = selectors.action_of(request.actor, found, action)
    if one is None:
        raise Http404
    return found, one
