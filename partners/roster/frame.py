"""The frame of the roster page: what stands on it, with the forms as somebody typed them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.policies import Permission
from partners.models import Region, Shift, Team

from . import selectors
from .forms import ShiftForm, SwapForm, TeamForm

GAPS_SHOWN = 20


def page(request: HttpRequest, status: int = 200, **given: object) -> HttpResponse:
    """`given`: the team, and forms with what was typed."""
    teams = selectors.teams(request.actor)
    team = given.pop("team", None) or team_named(request, request.GET.get("team", "")) or teams.first()
    monday, zone = _monday(request.GET.get("week", "")), zone_of(request)
    context = {"team": team, "teams": teams, "may_plan": request.actor.may(Permission.PLAN_ROSTER)}
    if context["may_plan"]:
        context |= _to_plan(team, max(monday, timezone.localdate()), zone)
    if team:
        context |= _of_team(request, team, monday, zone, given.get("swap_form"))
    context |= given
    return render(request, "partners/roster.html", context, status=status)


def _to_plan(team: Team | None, first: date, zone: ZoneInfo) -> dict[str, forms.Form]:
    empty: dict[str, forms.Form] = {"team_form": TeamForm(auto_id="team-%s")}
    if team:
        empty["shift_form"] = ShiftForm(team, zone, initial={"first": first}, auto_id="dienst-%s")
    return empty


def _of_team(
    request: HttpRequest, team: Team, monday: date, zone: ZoneInfo, typed: SwapForm | None
) -> dict[str, object]:
    since, until = (_midnight(monday + timedelta(days=n), zone) for n in (0, 7))
    planned = list(selectors.between(team, since, until))
    found = selectors.open_gaps(team)
    own = selectors.shifts_of(request.user, timezone.now()).filter(team__organisation=team.organisation_id)[:20]
    return {
        "days": [(monday + timedelta(days=n), _of_day(planned, monday + timedelta(days=n), zone)) for n in range(7)],
        "week": monday.isocalendar(),
        "earlier": week_name(monday - timedelta(days=7)),
        "later": week_name(monday + timedelta(days=7)),
        "gaps": found[:GAPS_SHOWN],
        "more_gaps": max(0, len(found) - GAPS_SHOWN),
        "twice": selectors.booked_twice(team),
        "own": [(shift, typed if typed and typed.shift == shift else swap_form(shift)) for shift in own],
        "swaps": selectors.swaps(request.actor)[:20],
        "now_on": [(role, selectors.on_duty(team.organisation, role, timezone.now())) for role in Shift.Role],
    }


def _of_day(planned: list[Shift], day: date, zone: ZoneInfo) -> list[Shift]:
    begins, ends = _midnight(day, zone).astimezone(UTC), _midnight(day + timedelta(days=1), zone).astimezone(UTC)
    return [shift for shift in planned if shift.starts_at < ends and shift.ends_at > begins]


def team_named(request: HttpRequest, given: str) -> Team | None:
    return selectors.teams(request.actor).filter(pk=given).first() if given.isdecimal() and len(given) < 10 else None


def _monday(given: str) -> date:
    try:
        year, week = given.split("-W")
        return date.fromisocalendar(int(year), int(week), 1) if 2000 < int(year) < 2100 else _monday("")
    except ValueError:
        today = timezone.localdate()
        return today - timedelta(days=today.weekday())


def week_name(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def zone_of(request: HttpRequest) -> ZoneInfo:
    region = Region.objects.filter(pk=request.actor.region_id).first()
    return ZoneInfo(region.timezone if region else "Europe/Amsterdam")


def swap_form(shift: Shift, data: object = None) -> SwapForm:
    return SwapForm(shift, data, auto_id=f"ruil-{shift.pk}-%s")
