"""One case, answered by a version on the workbench. Nothing is recorded and no alarm is raised: it is only a try."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from routing import document as documents
from routing.core import Facts, ImpossibleFacts, InvalidFact, MomentOutOfRange, NobodyResponsible, Undetermined, decide
from routing.core.facts import FLAGS
from routing.errors import InvalidParameters
from routing.parameters import parse

from .bench import Bench, in_force, visible
from .forms import CaseForm
from .table import page_context

ASKED = ("category", "age", "municipality", "at", "provider", "related", *(flag for flag in FLAGS if flag != "related"))


@never_cache
@require_GET
def try_case(request: HttpRequest, pk: int) -> HttpResponse:
    bench = Bench(visible(request, pk))
    other = in_force(bench.region)
    beside = Bench(other) if other and other.pk != bench.rule_set.pk else None
    asked = any(name in request.GET for name in ASKED)
    form = _form(request, bench, asked)
    context = {**page_context(request, bench), "form": form, "beside": beside and beside.rule_set, "asked": asked}
    if asked and form.is_valid():
        context |= _answers(form, bench, beside)
    template = "routing/rules/try_answers.html" if request.htmx else "routing/rules/try.html"
    return render(request, template, context)


def _form(request: HttpRequest, bench: Bench, asked: bool) -> CaseForm:
    own_lines = [each for each in bench.directory["services"] if each["own_client_line"]]
    providers = sorted({(each["organisation"], each["organisation_name"]) for each in own_lines}, key=lambda p: p[1])
    return CaseForm(request.GET if asked else None, names=bench.names, providers=providers)


def _answers(form: CaseForm, bench: Bench, beside: Bench | None) -> dict[str, Any]:
    given = {name: form.cleaned_data[name] or "" for name in ASKED}
    if not given["provider"]:
        given["related"] = ""
    try:
        question = parse({**given, **_as_text(given)}, default_region=bench.region.slug)
    except InvalidParameters as refused:
        for name, texts in refused.errors.items():
            form.add_error(name if name in form.fields else None, texts)
        return {}
    here = answered(bench, question.facts, question.moment)
    there = answered(beside, question.facts, question.moment) if beside else None
    return {
        "here": here,
        "there": there,
        "differs": there is not None and _who(here) != _who(there),
        "remarks": question.remarks,
    }


def _as_text(given: dict[str, Any]) -> dict[str, str]:
    return {name: "true" if value else "" for name, value in given.items() if isinstance(value, bool)}


def _who(answer: dict[str, Any]) -> tuple[Any, ...]:
    document = answer.get("answer") or {}
    return document.get("organisation"), tuple(document.get("ask", ())), answer.get("error")


def answered(bench: Bench, facts: Facts, moment: datetime) -> dict[str, Any]:
    """What the answer card needs: `answer`, or `error` in words."""
    try:
        decision = decide(bench.table, facts, int(moment.timestamp()))
    except ImpossibleFacts as impossible:
        return {"error": impossible.because}
    except InvalidFact:
        return {"error": _("Deze versie kent een van deze gegevens niet.")}
    except MomentOutOfRange:
        return {"error": _("Kies een moment van 2020 tot en met 2035.")}
    except NobodyResponsible:
        return {"error": _("Niemand: zelfs het vangnet antwoordt hier niet.")}
    if isinstance(decision, Undetermined):
        return {"answer": documents.undetermined(decision, bench.directory, moment)}
    until = datetime.fromtimestamp(decision.holds_until, UTC) if decision.holds_until else None
    return {"answer": documents.decided(decision, bench.directory, moment, until)}
