"""Two people who turn out to be one: side by side, chosen field by field, merged, and taken apart again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dossiers import selectors, services
from dossiers.comparison import compare, taken
from dossiers.models import Person
from routing.errors import RoutingError

from .case import CONFLICT, visible
from .people_frame import tell, unseen


@method_decorator(never_cache, name="dispatch")
class MergePeople(View):
    def get(self, request: HttpRequest, kept: int, other: int) -> HttpResponse:
        pair = selectors.pair_to_merge(request.actor, kept, other)
        if pair is None:
            return _already_one(request, kept, other)
        services.log_compared(request.actor, *pair)
        return _page(request, *pair)

    def post(self, request: HttpRequest, kept: int, other: int) -> HttpResponse:
        pair = selectors.pair_to_merge(request.actor, kept, other)
        if pair is None:
            return _already_one(request, kept, other)
        try:
            services.merge_people(request.actor, *pair, taken(request.POST), _versions(request))
        except RoutingError as error:
            again = selectors.pair_to_merge(request.actor, kept, other)
            if again is None:
                return _already_one(request, kept, other)
            return _page(request, *again, status=CONFLICT, problems=[error.message])
        messages.success(request, _("De twee zijn samengevoegd. U kunt dit hier ongedaan maken."))
        return _to(request, pair[0])


@require_POST
def unmerge(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    case = visible(request, pk)
    found = selectors.merge_for(request.actor, merge)
    if found is None or selectors.person_in(request.actor, case, found.kept_id) is None:
        raise Http404
    said = _("De samenvoeging is ongedaan gemaakt. Het zijn weer twee personen.")
    tell(request, lambda: services.unmerge_people(request.actor, found), said)
    if selectors.person_in(request.actor, case, found.kept_id) is None:
        return redirect("case-people", pk=case.pk)
    return redirect("person", pk=case.pk, person=found.kept_id)


def _page(request: HttpRequest, kept: Person, other: Person, status: int = 200, **extra: object) -> HttpResponse:
    sides = [
        {"person": person, "name": selectors.shown_name(person), "cases": selectors.cases_of(request.actor, person)}
        for person in (kept, other)
    ]
    context = {
        "kept": sides[0],
        "other": sides[1],
        "sides": sides,
        "warns_of_shield": any(map(selectors.is_shielded_reporter, (kept, other))),
        "rows": compare(kept, other, taken(request.POST) if request.method == "POST" else None),
        **extra,
    }
    return render(request, "dossiers/person_merge.html", context, status=status)


def _versions(request: HttpRequest) -> tuple[int, int]:
    def version(name: str) -> int:
        typed = request.POST.get(name, "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("2147483648") else 0

    return version("kept_version"), version("other_version")


def _already_one(request: HttpRequest, kept: int, other: int) -> HttpResponse:
    """A colleague was first; who may not see them, or asked for others, finds nothing."""
    person = selectors.merged_from(request.actor, kept, other)
    if person is None:
        raise unseen(request, "person", f"{kept}/{other}")
    messages.warning(request, _("Deze twee zijn intussen al samengevoegd."))
    return _to(request, person)


def _to(request: HttpRequest, person: Person) -> HttpResponse:
    cases = selectors.cases_of(request.actor, person)
    return redirect("person", pk=cases[0], person=person.pk)
