"""Lack of capacity: who could not deliver, and whether the commissioner knows; as a page and as a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from accounts.services import log_access
from accounts.spreadsheet import csv_response
from partners.models import Region
from routing import services
from routing.models import CapacityReport
from routing.periods import PeriodForm
from routing.vocabulary import CATEGORY_LABELS

from . import selectors

REFUSED = 422
A_QUARTER = timedelta(days=90)
# More than this on one page is read by nobody; the figures above it and the file are complete.
MOST_ROWS = 200


@never_cache
@require_GET
def capacity_reports(request: HttpRequest) -> HttpResponse:
    context = {"untold": _rows(selectors.told_to_nobody(request.actor)), "form": _asked(request)}
    if not context["form"].is_valid():
        return render(request, "dashboards/capacity.html", context, status=REFUSED)
    log_access(request.actor, event="capacity.read", action="R", record_type="capacityreport")
    reports = list(selectors.capacity_reports(request.actor, **context["form"].cleaned_data))
    context |= {"total": len(reports), "counts": _counts(reports), "reports": _rows(reports[:MOST_ROWS])}
    return render(request, "dashboards/capacity.html", context)


@never_cache
@require_GET
def capacity_csv(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_BOARD)
    form = _asked(request)
    if not form.is_valid():
        raise Http404
    reports = selectors.capacity_reports(request.actor, **form.cleaned_data)
    period = "{since:%Y-%m-%d} - {until:%Y-%m-%d}".format(**form.cleaned_data)
    region = Region.objects.get(pk=request.actor.region_id)
    log_access(request.actor, event="capacity.exported", action="E", record=region, detail=period)
    return csv_response(f"geen-capaciteit-{period.replace(' - ', '-')}.csv", _lines(reports))


@require_POST
def capacity_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the same period; the report may be older than that."""
    services.told_commissioner(request.actor, get_object_or_404(selectors.all_reports(request.actor), pk=pk))
    form = PeriodForm(request.POST)
    kept = {name: form.cleaned_data[name].isoformat() for name in ("since", "until")} if form.is_valid() else {}
    return redirect(f"{reverse('capacity-reports')}?{urlencode(kept)}" if kept else "capacity-reports")


def _asked(request: HttpRequest) -> PeriodForm:
    return PeriodForm.asked(request.GET, A_QUARTER)


def _counts(reports: Iterable[CapacityReport]) -> list[tuple[str, int]]:
    return Counter(report.organisation.name for report in reports).most_common()


def _rows(reports: Iterable[CapacityReport]) -> list[dict[str, object]]:
    return [{"report": report, "category": _category(report), "told": _how(report)} for report in reports]


def _category(report: CapacityReport) -> str:
    return str(CATEGORY_LABELS.get(report.category, report.category))


def _how(report: CapacityReport) -> str:
    if report.told_at is None:
        return _("nog niet gemeld")
    if report.told_by is None:
        return _("verstuurd")
    return _("zelf gemeld door %(name)s") % {"name": report.told_by.get_full_name() or report.told_by.username}


def _lines(reports: Iterable[CapacityReport]) -> Iterator[list[object]]:
    yield [
        *(_("Geweigerd op"), _("Organisatie"), _("Dienst"), _("Opdrachtgever"), _("Categorie"), _("Leeftijd")),
        *(_("Gemeente"), _("Casus"), _("Gemeld op"), _("Hoe gemeld")),
    ]
    for report in reports:
        yield [
            *(_moment(report.made_at), report.organisation.name, report.service.name, report.commissioner),
            *(_category(report), report.age_band, report.municipality, report.handover.case_id),
            *(_moment(report.told_at), _how(report)),
        ]


def _moment(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
