"""Publishing a version: from when, whether it is watertight, and what it will change."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.policies import Permission
from partners.models import Region
from routing import services
from routing.errors import NotWatertight, RoutingError, RulesInvalid

from .bench import Bench, in_force, to_show, visible
from .differences import between
from .forms import PublishForm
from .grids import changes
from .table import page_context

REFUSED = 422


@never_cache
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.PUBLISH_RULES)
    bench = Bench(visible(request, pk))
    if request.method == "GET":
        return _page(request, bench, PublishForm(initial={"valid_from": timezone.localdate()}))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, bench, form, REFUSED)
    try:
        published = services.publish(
            request.actor,
            bench.rule_set,
            _start_of(form.cleaned_data["valid_from"], bench.region),
            waiver_reason=form.cleaned_data["waiver_reason"],
        )
    except NotWatertight as refused:
        if refused.may_waive:
            form.add_error("waiver_reason", refused.message)
        return _page(request, bench, form, REFUSED, problem=refused.message, cells=to_show(refused.cells))
    except RulesInvalid as refused:
        for name, text in refused.errors.items():
            form.add_error(name if name in form.fields else None, text)
        return _page(request, bench, form, REFUSED)
    except RoutingError as refused:
        return _page(request, bench, form, REFUSED, problem=refused.message)
    messages.success(request, _("%(version)s is gepubliceerd.") % {"version": published.version})
    return redirect("rules-set", pk=published.pk)


def _start_of(day: date, region: Region) -> datetime:
    """The day's first moment; of today, this one."""
    return max(datetime.combine(day, time(), ZoneInfo(region.timezone)), timezone.now())


def _page(request: HttpRequest, bench: Bench, form: PublishForm, status: int = 200, **extra: Any) -> HttpResponse:
    before = in_force(bench.region)
    held = Bench(before) if before else None
    context = {
        **page_context(request, bench),
        "form": form,
        "may_waive": request.actor.may(Permission.WAIVE_GAPS),
        "cells": bench.standing.problems,
        "differences": between(before.document, bench.rule_set.document, bench.names) if before else [],
        "moved": changes(held.table, bench.table, bench.names, *bench.period) if held else [],
    }
    return render(request, "routing/rules/publish.html", context | extra, status=status)
