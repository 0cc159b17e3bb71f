"""The cases somebody may see, with their lights: as a page and as a file."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.paging import PAGE_SIZE
from accounts.policies import Permission
from accounts.services import log_access
from accounts.spreadsheet import csv_response
from dossiers import selectors
from dossiers.deadline_words import LIGHT_NAMES
from dossiers.forms import CaseListForm

from .case import REFUSED

AT_ONCE = 500


@never_cache
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_CASE)
    form = CaseListForm(request.GET, request.actor)
    if not form.is_valid():
        return render(request, "dossiers/cases.html", {"form": form, **_links(request)}, status=REFUSED)
    found = selectors.listed_cases(request.actor, form.cleaned_data)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = _asked(form)
    _log(request, "case.listed", asked, page.paginator.count)
    return render(
        request, "dossiers/cases.html", {"form": form, "page": page, **_around(page, asked), **_links(request)}
    )


@never_cache
@require_GET
def cases_csv(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_CASE)
    form = CaseListForm(request.GET, request.actor)
    if not form.is_valid():
        raise Http404
    found = list(selectors.listed_cases(request.actor, form.cleaned_data))
    _log(request, "cases.exported", _asked(form), len(found))
    return csv_response(f"casussen-{timezone.localdate():%Y-%m-%d}.csv", _lines(found))


def _links(request: HttpRequest) -> dict[str, object]:
    return {"sees_region": request.actor.may(Permission.SEE_BOARD)}


def _around(page: Page, asked: dict[str, str]) -> dict[str, object]:
    def to(number: int) -> str:
        return urlencode(asked | {"page": number})

    return {
        "rows": selectors.case_rows(page.object_list),
        "total": page.paginator.count,
        "query": urlencode(asked),
        "earlier": to(page.number - 1) if page.has_previous() else "",
        "later": to(page.number + 1) if page.has_next() else "",
    }


def _asked(form: CaseListForm) -> dict[str, str]:
    return {name: value for name, value in form.cleaned_data.items() if value}


def _log(request: HttpRequest, event: str, asked: dict[str, str], count: int) -> None:
    """One entry for the list: nothing in it is about a person. Who opens a case is in the log by that case."""
    action = "E" if event == "cases.exported" else "R"
    detail = f"{urlencode(asked)} ({count})"
    log_access(request.actor, event=event, action=action, record_type="case", rule="involved", detail=detail)


def _lines(found: list) -> Iterator[list[object]]:
    yield [
        *(_("Casus"), _("Geopend"), _("Gesloten"), _("Regie"), _("Categorie"), _("Licht")),
        *(_("Eerste termijn"), _("Loopt tot"), _("Staat stil")),
    ]
    for start in range(0, len(found), AT_ONCE):
        for row in selectors.case_rows(found[start : start + AT_ONCE]):
            yield _line(row)


def _line(row: selectors.CaseRow) -> list[object]:
    soonest = row.soonest
    still = sum(1 for term in row.terms if term.is_running and term.clock.stands_still_since)
    return [
        *(row.case.pk, _moment(row.case.opened_at), _moment(row.case.closed_at), row.lead, row.category),
        str(LIGHT_NAMES[row.light]) if row.light else "",
        *((soonest.norm.label, _moment(soonest.clock.due_at)) if soonest else ("", "")),
        still,
    ]


def _moment(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
