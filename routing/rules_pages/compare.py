"""Two versions side by side: which rules differ, and for whom another organisation answers because of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from routing import selectors

from .bench import Bench, in_force, visible
from .differences import between
from .grids import changes
from .table import page_context

# Longer than any number of a version; a text of digits can be too long to be read as a number at all.
LONGEST_NUMBER = 19


@never_cache
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    bench = Bench(visible(request, pk))
    chosen = request.GET.get("met", "")
    is_number = chosen.isdecimal() and len(chosen) < LONGEST_NUMBER
    other = visible(request, int(chosen)) if is_number else bench.rule_set.based_on or in_force(bench.region)
    before = Bench(other or bench.rule_set)
    listed = selectors.rule_sets(request.actor, bench.region)
    context = {
        **page_context(request, bench),
        "other": before.rule_set,
        "others": [each.rule_set for each in listed if each.rule_set.pk != bench.rule_set.pk],
        "differences": between(before.rule_set.document, bench.rule_set.document, bench.names),
        "moved": changes(before.table, bench.table, bench.names, *bench.period),
    }
    return render(request, "routing/rules/compare.html", context)
