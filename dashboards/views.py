"""Pages of the manager: thin, the measures are in `selectors`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.services import log_access
from accounts.spreadsheet import csv_response
from routing import services

from . import selectors
from .charts import Chart, draw


@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The whole page, or only its figures for the poll."""
    figures = selectors.board(request.actor)
    template = "dashboards/board_poll.html" if request.htmx else "dashboards/board.html"
    return render(request, template, {"board": figures, "charts": _charts(figures)})


@never_cache
@require_GET
def board_csv(request: HttpRequest, slug: str) -> HttpResponse:
    figures = selectors.board(request.actor)
    chart = next((chart for chart in _charts(figures) if chart.slug == slug), None)
    if chart is None:
        raise Http404
    log_access(request.actor, event="board.exported", action="E", record_type="region", record_id=_region(request))
    rows = [(chart.column, chart.unit), *((bar.label, bar.value) for bar in chart.bars)]
    return csv_response(f"{figures.day:%Y-%m-%d}-{slug}.csv", rows)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    services.acknowledge_alarm(request.actor, get_object_or_404(selectors.open_alarms(request.actor), pk=pk))
    return redirect("board")


def _region(request: HttpRequest) -> str:
    return request.actor.region_slug


def _charts(board: selectors.Board) -> list[Chart]:
    return [
        draw(
            "categorie",
            _("Waar gaan de meldingen over?"),
            _finding_by_category(board),
            _("Categorie"),
            _("Meldingen"),
            board.by_category,
        ),
        draw(
            "organisatie",
            _("Bij wie komen ze terecht?"),
            _finding_by_organisation(board),
            _("Organisatie"),
            _("Meldingen"),
            board.by_organisation,
        ),
    ]


def _finding_by_category(board: selectors.Board) -> str:
    if not board.contacts:
        return _("Vandaag zijn er nog geen meldingen.")
    most = board.by_category[0]
    shown = {"label": most.label, "value": most.value, "total": board.contacts}
    return _("%(label)s komt vandaag het meest voor: %(value)d van de %(total)d.") % shown


def _finding_by_organisation(board: selectors.Board) -> str:
    if not board.by_organisation:
        return _("Vandaag is er nog niets overgedragen.")
    most = board.by_organisation[0]
    shown = {"label": most.label, "value": most.value, "total": sum(bar.value for bar in board.by_organisation)}
    return _("%(label)s krijgt vandaag de meeste: %(value)d van de %(total)d.") % shown
