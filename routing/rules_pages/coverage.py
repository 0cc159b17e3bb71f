"""The coverage grid: who answers whom and when, in one table, with what is wrong in it as something to open."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from routing.core import NO_PROVIDER, OLDEST, Facts
from routing.core.facts import FLAGS
from routing.core.grid import COVERED, People

from .bench import Bench, slugs_of, visible
from .cases import answered
from .forms import AsOfForm
from .grids import Line, Sheet, Square, sheet
from .table import page_context


@dataclass(frozen=True, slots=True)
class Opened:
    """A square of the grid, looked into."""

    line: Line
    square: Square
    hours: str
    example: datetime
    answer: dict[str, Any]
    case_query: str
    rule_query: str
    rules: list[str]
    is_wrong: bool


@never_cache
@require_GET
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    as_of = AsOfForm(request.GET if request.GET.get("op") else None)
    day = as_of.cleaned_data["op"] if as_of.is_valid() else None
    bench = Bench(found, datetime.combine(day, time(12), ZoneInfo(found.region.timezone)) if day else None)
    place = request.GET.get("gemeente", "")
    place = place if place in bench.names.places else ""
    grid = sheet(bench.table, bench.names, *bench.period, municipality=place)
    context = {
        **page_context(request, bench),
        "sheet": grid,
        "place": place,
        "places": sorted(bench.names.places.items(), key=lambda item: item[1]),
        "as_of": as_of,
        "day": day,
        "opened": _opened(bench, grid, request.GET.get("cel", "")),
    }
    template = "routing/rules/opened.html" if request.htmx else "routing/rules/coverage.html"
    return render(request, template, context)


def _opened(bench: Bench, grid: Sheet, at: str) -> Opened | None:
    found = next(((line, square) for line in grid.lines for square in line.squares if square.at == at), None)
    if found is None:
        return None
    line, square = found
    band, hours = grid.bands[line.squares.index(square)]
    example = datetime.fromtimestamp(band.example, UTC).astimezone(bench.table.zone)
    people = line.row.people
    return Opened(
        line=line,
        square=square,
        hours=hours,
        example=example,
        answer=answered(bench, _facts(people), example),
        case_query=urlencode(
            {
                "category": people.category,
                "age": people.ages[0],
                "municipality": people.places[0],
                "at": example.strftime("%Y-%m-%dT%H:%M"),
                **{flag: "true" for flag, value in people.flags if value},
            }
        ),
        rule_query=_rule_query(people, bench),
        rules=slugs_of(square.outcome.rules),
        is_wrong=square.outcome.state != COVERED,
    )


def _facts(people: People) -> Facts:
    flags = dict.fromkeys(FLAGS, False) | dict(people.flags)
    return Facts(
        category=people.category,
        age=people.ages[0],
        municipality=people.places[0],
        provider=NO_PROVIDER,
        **flags,
    )


def _rule_query(people: People, bench: Bench) -> str:
    """A new rule for exactly these people, filled in beforehand; what does not matter is left open."""
    given: dict[str, Any] = {"category": [people.category]}
    if people.ages != (0, OLDEST):
        given["age_from"], given["age_to"] = people.ages
    if set(people.places) != set(bench.names.places):
        given["municipality"] = list(people.places)
    given |= {flag: "yes" if value else "no" for flag, value in people.flags}
    return urlencode(given, doseq=True)
