"""Breaking the glass of a case, and the list on which the privacy officer judges it."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policies import Permission
from accounts.selectors import done_by
from accounts.services import log_access
from dossiers.forms import BreakGlassForm, ReviewForm
from routing import selectors, services
from routing.errors import InvalidEntry
from routing.models import EmergencyAccess

from .case import REFUSED, at_the_field

ON_A_PAGE = 10


@never_cache
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.BREAK_GLASS)
    if request.method == "GET":
        return render(request, "dossiers/emergency.html", {"form": BreakGlassForm()})
    form = BreakGlassForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    given = form.cleaned_data
    try:
        access = services.break_glass(request.actor, given["case"], given["reason"], given["note"])
    except InvalidEntry as error:
        at_the_field(form, error)
        return _again(request, form)
    return redirect("case", pk=access.case_id)


def _again(request: HttpRequest, form: BreakGlassForm) -> HttpResponse:
    return render(request, "dossiers/emergency.html", {"form": form}, status=REFUSED)


# --- Judging it -----------------------------------------------------------------------------------


@never_cache
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    found = _page(request)
    log_access(request.actor, event="emergency_access.listed", action="R", rule="role", record_type="emergencyaccess")
    return _listed(request, found)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.SEE_ACCESS_LOG)
    access = get_object_or_404(EmergencyAccess, pk=pk)
    form = ReviewForm(request.POST, auto_id=f"oordeel-{pk}-%s")
    if not form.is_valid():
        return _listed(request, _page(request), form, pk)
    try:
        services.review_access(request.actor, access, form.cleaned_data["outcome"], form.cleaned_data["note"])
    except InvalidEntry as error:
        at_the_field(form, error)
        return _listed(request, _page(request), form, pk)
    messages.success(
        request, _("Het oordeel over de noodknop bij casus %(case)s is bewaard.") % {"case": access.case_id}
    )
    return redirect("emergency-review")


def _page(request: HttpRequest) -> Page:
    return Paginator(selectors.emergency_accesses(request.actor), ON_A_PAGE).get_page(request.GET.get("pagina"))


def _listed(request: HttpRequest, page: Page, form: ReviewForm | None = None, pk: int | None = None) -> HttpResponse:
    for each in page:
        each.form = form if form and each.pk == pk else ReviewForm(auto_id=f"oordeel-{each.pk}-%s")
        each.done = done_by(request.actor, each.user_id, str(each.case_id), each.started_at, each.ends_at)
    return render(request, "dossiers/emergency_review.html", {"page": page}, status=REFUSED if form else 200)
