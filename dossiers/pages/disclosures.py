"""May I share? The help, what was shared of this case, and writing it down."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.core.disclosure import Carrier, advise
from dossiers.disclosure_words import CONDITIONS
from dossiers.forms.disclosures import DisclosureForm, QuestionForm
from dossiers.models import Disclosure
from dossiers.policies import may_add
from dossiers.services import record_disclosure
from routing.errors import InvalidEntry
from routing.models import Case

from .case import REFUSED, at_the_field, log_look, visible


@never_cache
@require_http_methods(["GET", "POST"])
def disclosures(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if request.method == "POST":
        return _record(request, found)
    log_look(request, found, "case.disclosures_read")
    return _page(request, found)


def _record(request: HttpRequest, found: Case) -> HttpResponse:
    form = DisclosureForm(request.POST)
    if form.is_valid():
        try:
            record_disclosure(request.actor, found, form.cleaned_data)
        except InvalidEntry as error:
            at_the_field(form, error)
        else:
            messages.success(request, _("Vastgelegd wat u deelde."))
            return redirect("case-disclosures", pk=found.pk)
    return _page(request, found, form, REFUSED)


def _page(request: HttpRequest, found: Case, form: DisclosureForm | None = None, status: int = 200) -> HttpResponse:
    asked = QuestionForm(request.GET or None, auto_id="vraag-%s")
    carriers = advise(asked.question()) if asked.is_bound and asked.is_valid() else ()
    first = {"basis": carriers[0].basis.value} if carriers else {}
    context = {
        "case": found,
        "asked": asked,
        "advice": [_in_words(carrier) for carrier in carriers],
        "danger": asked.is_bound and asked.cleaned_data.get("danger"),
        "form": (form or DisclosureForm(initial=first)) if may_add(request.actor, found) else None,
        "disclosures": _newest_first(found),
    }
    return render(request, "dossiers/disclosures.html", context, status=status)


def _in_words(carrier: Carrier) -> dict[str, object]:
    basis = Disclosure.Basis(carrier.basis.value)
    return {"basis": basis.label, "conditions": [CONDITIONS[condition] for condition in carrier.conditions]}


def _newest_first(case: Case) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(case=case).select_related("organisation", "shared_by").order_by("-id")
