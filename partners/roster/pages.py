"""The roster page: a week of a team, its gaps weeks ahead, one's own shifts and swaps, and planning."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from partners.models import Shift, Team

from . import selectors, services
from .calendar import calendar_of
from .forms import ShiftForm, SwapForm, TeamForm
from .frame import page, swap_form, team_named, week_name, zone_of

REFUSED = 422
ANSWERS = ("ja", "nee", "intrekken")


@never_cache
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_ROSTER)
    return page(request)


@require_POST
def save_team(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.PLAN_ROSTER)
    form = TeamForm(request.POST, auto_id="team-%s")
    team = team_named(request, request.POST.get("team", ""))
    if form.is_valid() and (
        saved := _try(form, lambda: services.save_team(request.actor, **form.cleaned_data, team=team))
    ):
        messages.success(request, _("Het team is bewaard."))
        return _back(saved)
    return page(request, REFUSED, team=team, team_form=form)


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.PLAN_ROSTER)
    team = get_object_or_404(selectors.teams(request.actor), pk=pk)
    form = ShiftForm(team, zone_of(request), request.POST, auto_id="dienst-%s")

    def act() -> list[Shift]:
        given = form.cleaned_data
        return services.plan_shifts(request.actor, team, given["user"], given["role"], form.periods())

    if form.is_valid() and (planned := _try(form, act)):
        said = ngettext("%(number)d dienst gepland.", "%(number)d diensten gepland.", len(planned))
        messages.success(request, said % {"number": len(planned)})
        return _back(team, planned[0].starts_at)
    return page(request, REFUSED, team=team, shift_form=form)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.PLAN_ROSTER)
    shift = services.remove_shift(request.actor, get_object_or_404(selectors.shifts(request.actor), pk=pk))
    messages.success(request, _("De dienst is uit het rooster."))
    return _back(shift.team, shift.starts_at)


@require_POST
def ask_swap(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.SEE_ROSTER)
    shift = get_object_or_404(selectors.shifts(request.actor), pk=pk, user=request.user)
    form = swap_form(shift, request.POST)

    def act() -> object:
        return services.ask_swap(request.actor, shift, **_swap_given(form))

    if form.is_valid() and _try(form, act):
        messages.success(request, _("Gevraagd. De dienst blijft van u tot uw collega ja zegt."))
        return _back(shift.team)
    return page(request, REFUSED, team=shift.team, swap_form=form)


@require_POST
def answer_swap(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    request.actor.must(Permission.SEE_ROSTER)
    if answer not in ANSWERS:
        raise Http404
    swap = get_object_or_404(selectors.swaps(request.actor), pk=pk)
    try:
        if answer == "intrekken":
            services.withdraw_swap(request.actor, swap)
        else:
            services.answer_swap(request.actor, swap, agrees=answer == "ja")
    except services.RosterError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Uw antwoord is verwerkt."))
    return _back(swap.shift.team)


@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    """The address straight in the answer: it is shown this once."""
    secret = services.new_feed(request.actor)
    address = request.build_absolute_uri(reverse("roster-calendar", args=[secret]))
    return page(request, feed=address)


@login_not_required
@never_cache
@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A calendar app cannot sign in: who has the address reads the shifts, and nothing else."""
    user = selectors.owner_of_feed(secret)
    if user is None:
        raise Http404
    response = HttpResponse(calendar_of(user), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="dienst.ics"'
    return response


def _try(form: forms.Form, act):
    """What the service made; None with its words at the field when it refused."""
    try:
        return act()
    except services.RosterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None


def _swap_given(form: SwapForm) -> dict[str, object]:
    return {"colleague": form.cleaned_data["asked_of"], "note": form.cleaned_data["note"]}


def _back(team: Team, moment: datetime | None = None) -> HttpResponse:
    week = f"&week={week_name(timezone.localtime(moment).date())}" if moment else ""
    return redirect(f"{reverse('roster')}?team={team.pk}{week}")
