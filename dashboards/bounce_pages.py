"""The bounce meter: how often a case is sent on, between whom and by which rule; as a page and as a file."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.policies import Permission
from accounts.services import log_access
from accounts.spreadsheet import csv_response
from routing.periods import PeriodForm

from . import selectors
from .bounces import Bounces
from .charts import Chart, draw

REFUSED = 422
A_QUARTER = timedelta(days=90)


@never_cache
@require_GET
def bounces(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_BOARD)
    form = PeriodForm.asked(request.GET, A_QUARTER)
    if not form.is_valid():
        return render(request, "dashboards/bounces.html", {"form": form}, status=REFUSED)
    meter = selectors.bounce_meter(request.actor, **form.cleaned_data)
    context = {"form": form, "meter": meter, "chart": _chart(meter) if meter.total else None}
    return render(request, "dashboards/bounces.html", context)


@never_cache
@require_GET
def bounces_csv(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_BOARD)
    form = PeriodForm.asked(request.GET, A_QUARTER)
    if not form.is_valid():
        raise Http404
    meter = selectors.bounce_meter(request.actor, **form.cleaned_data)
    region = request.actor.region_slug
    log_access(request.actor, event="bounces.exported", action="E", record_type="region", record_id=region)
    name = "stuitermeter-{since:%Y-%m-%d}-{until:%Y-%m-%d}.csv".format(**form.cleaned_data)
    return csv_response(name, _lines(meter))


def _chart(meter: selectors.BounceMeter) -> Chart:
    bars = [selectors.Bar(_hops_in_words(hops), count) for hops, count in meter.hops]
    title, column, unit = _("Hoe vaak doorgestuurd?"), _("Doorgestuurd"), _("Casussen")
    return draw("doorgestuurd", title, _finding(meter.total), column, unit, bars)


def _finding(total: Bounces) -> str:
    shown = {"direct": total.direct, "total": total.chains, "most": total.most_hops}
    if total.direct == total.chains:
        return _("Elke casus (%(total)d) is aangenomen door wie het eerst werd gevraagd.") % shown
    return (
        _("Wie het eerst werd gevraagd, nam %(direct)d van de %(total)d aan. Het vaakst gevraagd: %(most)d keer.")
        % shown
    )


def _hops_in_words(hops: int) -> str:
    if hops == 1:
        return _("meteen aangenomen")
    return ngettext("%(number)d keer", "%(number)d keer", hops - 1) % {"number": hops - 1}


# --- As a file ----------------------------------------------------------------------------------


def _lines(meter: selectors.BounceMeter) -> Iterator[list[object]]:
    yield [
        *(_("Indeling"), _("Van of regel"), _("Eerst gevraagd"), _("Casussen"), _("Meteen aangenomen")),
        *(_("Meteen aangenomen, procent"), _("Gemiddeld gevraagd"), _("Meest gevraagd")),
        *(_("Helft binnen (minuten)"), _("9 van de 10 binnen (minuten)"), _("Anders bij")),
    ]
    if meter.total:
        yield [_("Totaal"), "", "", *_figures(meter.total)]
    for (sender, asked), found in meter.pairs:
        yield [_("Van wie naar wie"), sender, asked, *_figures(found)]
    for rule, found in meter.rules:
        yield [_("Per regel"), rule, "", *_figures(found)]
    yield [_("Wacht nog op antwoord"), "", "", meter.waiting]
    yield [_("Ingetrokken of geëindigd zonder antwoord"), "", "", meter.stopped]


def _figures(found: Bounces) -> list[object]:
    elsewhere = ", ".join(f"{name} {count}" for name, count in found.elsewhere)
    minutes = round(found.median_minutes), round(found.p90_minutes)
    mean = number_format(found.mean_hops, 1)
    return [found.chains, found.direct, found.direct_share, mean, found.most_hops, *minutes, elsewhere]
