"""May I share? The help, what was shared of this case, and writing it down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.services import log_access
from dossiers.core.sharing import Carrier, advise
from dossiers.forms.sharing import QuestionForm, SharingForm
from dossiers.models import Sharing
from dossiers.policies import may_record_sharing
from dossiers.services import record_sharing
from dossiers.sharing_words import CONDITIONS
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .case import REFUSED, visible


@never_cache
@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if request.method == "POST":
        return _record(request, found)
    rule = rule_for_case(request.actor, found)
    log_access(request.actor, event="case.sharings_read", action="R", record=found, subject=str(found.pk), rule=rule)
    return _page(request, found)


def _record(request: HttpRequest, found: Case) -> HttpResponse:
    form = SharingForm(request.POST)
    if form.is_valid():
        try:
            record_sharing(request.actor, found, form.cleaned_data)
        except InvalidEntry as error:
            for field, message in error.errors.items():
                form.add_error(field, message)
        else:
            messages.success(request, _("Vastgelegd wat u deelde."))
            return redirect("case-sharing", pk=found.pk)
    return _page(request, found, form, REFUSED)


def _page(request: HttpRequest, found: Case, form: SharingForm | None = None, status: int = 200) -> HttpResponse:
    asked = QuestionForm(request.GET or None, auto_id="vraag-%s")
    carriers = advise(asked.question()) if asked.is_bound and asked.is_valid() else ()
    first = {"basis": carriers[0].basis.value} if carriers else {}
    context = {
        "case": found,
        "asked": asked,
        "advice": [_in_words(carrier) for carrier in carriers],
        "danger": asked.is_bound and asked.cleaned_data.get("danger"),
        "form": (form or SharingForm(initial=first)) if may_record_sharing(request.actor, found) else None,
        "sharings": Sharing.objects.filter(case=found).select_related("organisation", "shared_by").order_by("-id"),
    }
    return render(request, "dossiers/sharing.html", context, status=status)


def _in_words(carrier: Carrier) -> dict[str, object]:
    basis = Sharing.Basis(carrier.basis.value)
    return {"basis": basis.label, "conditions": [CONDITIONS[condition] for condition in carrier.conditions]}
