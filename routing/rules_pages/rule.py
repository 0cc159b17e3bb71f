"""One rule as a form. While somebody types, its effect on the whole agreement stands beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from routing import services
from routing.core import InvalidDocument
from routing.errors import ChangedMeanwhile, RoutingError, RulesInvalid
from routing.models import RuleSet

from .bench import Bench, Document, Effect, editable, with_rule, without_rule
from .forms import RuleForm, initial_of
from .grids import changes
from .table import page_context
from .words import FIELDS

REFUSED = 422
CONFLICT = 409
# What a gap, or another page, may fill in beforehand for a new rule.
PREFILLED = ("category", "municipality", "age_from", "age_to", "hospital", "danger", "suicidal")


@never_cache
@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest, pk: int) -> HttpResponse:
    bench = Bench(editable(request, pk))
    if request.method == "POST":
        return _save(request, bench, "")
    return _page(request, bench, "", _form(bench, initial=_prefilled(request)))


@never_cache
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    bench = Bench(editable(request, pk))
    stored = _stored(bench.rule_set, slug)
    if stored is None:
        raise Http404
    if request.method == "POST":
        return _save(request, bench, slug)
    return _page(request, bench, slug, _form(bench, initial=initial_of(stored)))


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The effect of what is typed, as far as it makes a rule already."""
    bench = Bench(editable(request, pk))
    context = _effect(bench, RuleForm(request.POST, names=bench.names), request.POST.get("original", ""))
    return render(request, "routing/rules/effect.html", context | {"rule_set": bench.rule_set})


@require_POST
def remove(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = editable(request, pk)
    try:
        services.remove_rule(request.actor, found, slug, seen_digest=request.POST.get("seen", ""))
    except RoutingError as refused:
        messages.error(request, refused.message)
        return redirect("rules-set", pk=pk)
    messages.success(request, _("De regel %(rule)s is weg.") % {"rule": slug})
    return redirect("rules-set", pk=pk)


def _save(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    form = RuleForm(request.POST, names=bench.names)
    if not form.is_valid():
        return _page(request, bench, slug, form, REFUSED)
    try:
        services.save_rule(
            request.actor,
            bench.rule_set,
            form.rule(),
            original_slug=slug,
            seen_digest=form.cleaned_data["seen"],
        )
    except RulesInvalid as refused:
        form.refuse(refused.errors)
        return _page(request, bench, slug, form, REFUSED)
    except ChangedMeanwhile as conflict:
        return _conflict(request, conflict.current, slug)
    except RoutingError as refused:
        messages.error(request, refused.message)
        return redirect("rules-set", pk=bench.rule_set.pk)
    messages.success(request, _("De regel %(rule)s is bewaard.") % {"rule": form.cleaned_data["slug"]})
    return redirect("rules-set", pk=bench.rule_set.pk)


def _conflict(request: HttpRequest, current: RuleSet, slug: str) -> HttpResponse:
    """What was typed, ready to be saved over the version that is shown beside it."""
    bench = Bench(current)
    form = RuleForm({**_lists(request), "seen": current.digest}, names=bench.names)
    theirs = _stored(current, slug)
    shown = [(label, bench.names.field(name, theirs.get(name))) for name, label in FIELDS.items()] if theirs else []
    return _page(request, bench, slug, form, CONFLICT, conflict=True, theirs=shown)


def _lists(request: HttpRequest) -> dict[str, Any]:
    several = ("category", "municipality", "after")
    return {name: request.POST.getlist(name) if name in several else request.POST.get(name) for name in request.POST}


def _page(
    request: HttpRequest, bench: Bench, slug: str, form: RuleForm, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        **page_context(request, bench),
        "form": form,
        "original": slug,
        **(_effect(bench, form, slug) if form.is_bound else {"effect": bench.effect_of(bench.rule_set.document)}),
        "removal": bench.effect_of(without_rule(bench.rule_set.document, slug)) if slug else None,
    }
    return render(request, "routing/rules/rule.html", context | extra, status=status)


def _effect(bench: Bench, form: RuleForm, slug: str) -> dict[str, Any]:
    """The effect of the form, or why there is none to show yet."""
    if not form.is_valid():
        return {"effect": None, "incomplete": True}
    rules = with_rule(bench.rule_set.document, form.rule(), slug)
    try:
        effect: Effect = bench.effect_of(rules)
        moved = changes(bench.table, bench.compiled(rules), bench.names, *bench.period)
    except InvalidDocument:
        return {"effect": None, "incomplete": True}
    return {"effect": effect, "moved": moved}


def _form(bench: Bench, initial: Document) -> RuleForm:
    return RuleForm(names=bench.names, initial={**initial, "seen": bench.rule_set.digest})


def _stored(rule_set: RuleSet, slug: str) -> dict[str, Any] | None:
    return next((rule for rule in rule_set.document["rules"] if rule["slug"] == slug), None)


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    given = {name: request.GET[name] for name in PREFILLED if request.GET.get(name)}
    for several in ("category", "municipality"):
        if several in given:
            given[several] = request.GET.getlist(several)
    return given
