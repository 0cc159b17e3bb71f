"""A clock that stands still and runs on, or is stuck: by the organisation that leads the case or keeps its record."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.models import Clock, Suspension
from dossiers.policies import leads_or_keeps
from routing.errors import InvalidEntry, RoutingError

from .clocks import compute_again, lock, log, within_calendar
from .norms import drop, move_event

A_YEAR = timedelta(days=366)


class ClockStopped(RoutingError):
    """It was met or dropped meanwhile, or is the end of a measure: nothing stands still any more."""

    code = "clock_stopped"


@transaction.atomic
def suspend(actor: Actor, clock: Clock, starts_at: datetime, ends_at: datetime | None, reason: str) -> Suspension:
    """Makes a clock stand still, until then or until it is resumed. Raises InvalidEntry at the field."""
    clock = _running(actor, clock)
    if not clock.norm.moves:
        raise ClockStopped(_("Dit is het einde van een maatregel: dat kan niet stilstaan."))
    _check_period(clock, starts_at, ends_at)
    reason = _reason(reason, _("Schrijf op waarom de termijn stilstaat."))
    suspension = Suspension.objects.create(clock=clock, starts_at=starts_at, ends_at=ends_at, reason=reason)
    _computed(actor, clock, "clock.suspended", "ends_at")
    return suspension


@transaction.atomic
def resume(actor: Actor, suspension: Suspension, ends_at: datetime, reason: str) -> Clock:
    """From then on the clock runs again; also earlier than was planned. Raises InvalidEntry at the field."""
    clock = _running(actor, suspension.clock)
    suspension = _current(suspension)
    if ends_at <= suspension.starts_at:
        raise InvalidEntry({"ends_at": _("Dit ligt niet na het begin van de opschorting.")})
    if ends_at > timezone.now():
        raise InvalidEntry({"ends_at": _("Dit moment moet nog komen. Leg het vast als de termijn weer loopt.")})
    if _others(clock, suspension).filter(starts_at__lt=ends_at, starts_at__gte=suspension.starts_at).exists():
        raise InvalidEntry({"ends_at": _("In deze periode stond de termijn al stil. Kies een andere periode.")})
    reason = _reason(reason, _("Schrijf op waarom de termijn weer loopt."))
    suspension.ends_at, suspension.resumed_because = ends_at, reason
    suspension.save()
    return _computed(actor, clock, "clock.resumed", "ends_at")


@transaction.atomic
def remove_suspension(actor: Actor, suspension: Suspension, reason: str) -> Clock:
    """It was entered by mistake: the clock ran on all the time. It stays in the history."""
    clock = _running(actor, suspension.clock)
    suspension = _current(suspension)
    reason = _reason(reason, _("Schrijf op wat er niet klopte."))
    suspension.removed_at, suspension.removed_because = timezone.now(), reason
    suspension.save()
    return _computed(actor, clock, "clock.suspension_removed", "reason")


@transaction.atomic
def mark_stuck(actor: Actor, clock: Clock, reason: str) -> Clock:
    """It does not get on: red before it is due, with why."""
    clock = _running(actor, clock)
    clock.stuck_because = _reason(reason, _("Schrijf op waardoor het vastloopt."))
    clock.stuck_at = clock.stuck_at or timezone.now()
    clock.save()
    log(actor, clock, "clock.stuck", "U")
    return clock


@transaction.atomic
def mark_going(actor: Actor, clock: Clock) -> Clock:
    clock = _running(actor, clock)
    if clock.stuck_at is not None:
        clock.stuck_at, clock.stuck_because = None, ""
        clock.save()
        log(actor, clock, "clock.going", "U")
    return clock


@transaction.atomic
def correct_start(actor: Actor, clock: Clock, at: datetime, reason: str) -> Clock:
    """What started it happened at another moment; every clock that the same event started moves along."""
    clock = _running(actor, clock)
    reason = _reason(reason, _("Schrijf op wat er niet klopte."))
    if at > timezone.now():
        raise InvalidEntry({"at": _("Dit moment moet nog komen. Kies wanneer het gebeurde.")})
    move_event(actor, clock.case, clock.norm.starts, at, clock.topic, because=reason)
    return clock


@transaction.atomic
def drop_clock(actor: Actor, clock: Clock, reason: str) -> Clock:
    """This norm does not apply to this case after all."""
    clock = _running(actor, clock)
    drop(actor, clock, _reason(reason, _("Schrijf op waarom deze termijn niet geldt.")))
    return clock


def _running(actor: Actor, clock: Clock) -> Clock:
    case = lock(clock.case)
    if not leads_or_keeps(actor, case):
        raise PermissionDenied(_("Dit doet de organisatie die de regie heeft of het verslag bijhoudt."))
    clock = Clock.objects.select_related("norm", "case").get(pk=clock.pk)
    if clock.met_at is not None or clock.dropped_at is not None:
        raise ClockStopped(_("Deze termijn loopt niet meer. Ververs de pagina voor de laatste stand."))
    return clock


def _current(suspension: Suspension) -> Suspension:
    suspension = Suspension.objects.get(pk=suspension.pk)
    if suspension.removed_at is not None:
        raise ClockStopped(_("Deze opschorting is intussen verwijderd. Ververs de pagina voor de laatste stand."))
    return suspension


def _check_period(clock: Clock, starts_at: datetime, ends_at: datetime | None) -> None:
    errors = {}
    if starts_at > timezone.now():
        errors["starts_at"] = _("Dit moet nog komen. Leg een opschorting vast als zij is ingegaan.")
    elif ends_at is None and clock.due_at <= starts_at:
        errors["starts_at"] = _("Toen was de termijn al voorbij. Kies een begin vóór het einde van de termijn.")
    if ends_at is not None and ends_at <= starts_at:
        errors["ends_at"] = _("Het einde moet na het begin liggen.")
    elif ends_at is not None and ends_at > timezone.now() + A_YEAR:
        errors["ends_at"] = _("Kies een einde binnen een jaar, of laat het leeg als het nog niet bekend is.")
    if not errors and _overlapping(clock, starts_at, ends_at).exists():
        errors["starts_at"] = _("In deze periode stond de termijn al stil. Kies een andere periode.")
    if errors:
        raise InvalidEntry(errors)


def _overlapping(clock: Clock, starts_at: datetime, ends_at: datetime | None):
    found = _others(clock, None).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at))
    return found if ends_at is None else found.filter(starts_at__lt=ends_at)


def _others(clock: Clock, suspension: Suspension | None):
    others = Suspension.objects.filter(clock=clock, removed_at=None)
    return others if suspension is None else others.exclude(pk=suspension.pk)


def _reason(given: str, missing: str) -> str:
    given = given.strip()
    if not given:
        raise InvalidEntry({"reason": missing})
    if len(given) > 200:
        raise InvalidEntry({"reason": _("Houd het bij 200 tekens; meer kan in een notitie bij de casus.")})
    return given


def _computed(actor: Actor, clock: Clock, event: str, field: str) -> Clock:
    within_calendar(lambda: compute_again(clock), field)
    clock.save()
    log(actor, clock, event, "U")
    return clock
