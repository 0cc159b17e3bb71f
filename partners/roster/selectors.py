"""What the roster says: of a team, of somebody, and who is on duty now."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.policies import Actor, Permission
from accounts.services import digest_of
from partners.core import Duty, Gap, double_bookings, gaps
from partners.models import Membership, Organisation, RosterFeed, Shift, Swap, Team

WEEKS_AHEAD = 8
# Of who may be on duty; not the manager, who plans.
ON_DUTY = (Membership.Role.ICD_WORKER, Membership.Role.VT_WORKER, Membership.Role.PARTNER_DESK)


def teams(actor: Actor) -> QuerySet[Team]:
    """Of one's own organisation; of nobody else's."""
    if not actor.may(Permission.SEE_ROSTER) or actor.organisation_id is None:
        return Team.objects.none()
    return Team.objects.filter(organisation=actor.organisation_id).select_related("organisation")


def shifts(actor: Actor) -> QuerySet[Shift]:
    planned = Shift.objects.filter(team__in=teams(actor), removed_at__isnull=True)
    return planned.select_related("team__organisation", "user")


def swaps(actor: Actor) -> QuerySet[Swap]:
    """Those one asked, or was asked."""
    own = Q(asked_by=actor.user.pk) | Q(asked_of=actor.user.pk)
    return Swap.objects.filter(own, shift__team__in=teams(actor)).select_related(
        "shift__team", "shift__user", "asked_by", "asked_of"
    )


def colleagues(team: Team) -> QuerySet[User]:
    """Who works at the organisation of a team today, and can be on duty."""
    here = _valid_memberships().filter(organisation=team.organisation_id, role__in=ON_DUTY)
    return User.objects.filter(is_active=True, pk__in=here.values("user")).order_by(
        "first_name", "last_name", "username"
    )


def _valid_memberships() -> QuerySet[Membership]:
    today = timezone.localdate()
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return Membership.objects.filter(not_over, valid_from__lte=today)


def between(team: Team, since: datetime, until: datetime) -> QuerySet[Shift]:
    """The shifts that touch a period."""
    touching = team.shifts.filter(removed_at__isnull=True, starts_at__lt=until, ends_at__gt=since)
    return touching.select_related("user").order_by("starts_at", "id")


def busy(user: User, shift: Shift) -> bool:
    """Whether somebody is on duty during another shift, for whichever team."""
    others = Shift.objects.filter(user=user, removed_at__isnull=True).exclude(pk=shift.pk)
    return others.filter(starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at).exists()


def open_gaps(team: Team, weeks: int = WEEKS_AHEAD) -> list[tuple[str, int, Gap]]:
    """From now on, per role: (role, how many are needed, the gap), in order of time."""
    now = timezone.now()
    until = now + timedelta(weeks=weeks)
    planned = list(between(team, now, until))
    needed = {Shift.Role.WORKER: team.workers_needed, Shift.Role.DUTY_LEAD: team.leads_needed}
    found = [
        (role.label, number, gap)
        for role, number in needed.items()
        for gap in gaps(_duties(planned, role), number, now, until)
    ]
    return sorted(found, key=lambda each: each[2].starts)


def booked_twice(team: Team, weeks: int = WEEKS_AHEAD) -> list[tuple[Shift, Shift]]:
    """From now on: pairs of shifts of one person that overlap, also with one for another team."""
    now = timezone.now()
    until = now + timedelta(weeks=weeks)
    people = between(team, now, until).values("user")
    all_of_them = Shift.objects.filter(removed_at__isnull=True, user__in=people, starts_at__lt=until, ends_at__gt=now)
    by_key = {shift.pk: shift for shift in all_of_them.select_related("user", "team")}
    pairs = double_bookings(_duty(shift) for shift in by_key.values())
    return [(by_key[one.key], by_key[other.key]) for one, other in pairs]


def on_duty(organisation: Organisation, role: str, moment: datetime) -> list[Shift]:
    """Who is on duty for an organisation at a moment; empty when its roster does not say."""
    held = Shift.objects.filter(team__organisation=organisation, role=role, removed_at__isnull=True)
    return list(held.filter(starts_at__lte=moment, ends_at__gt=moment).select_related("user", "team"))


def owner_of_feed(secret: str) -> User | None:
    """Whoever works nowhere any more has no calendar either."""
    feed = RosterFeed.objects.select_related("user").filter(digest=digest_of(secret), user__is_active=True).first()
    return feed.user if feed and _valid_memberships().filter(user=feed.user).exists() else None


def shifts_in_calendar(user: User, since: datetime) -> QuerySet[Shift]:
    """Those at organisations where they work today."""
    here = _valid_memberships().filter(user=user).values("organisation")
    return shifts_of(user, since).filter(team__organisation__in=here)


def shifts_of(user: User, since: datetime) -> QuerySet[Shift]:
    own = Shift.objects.filter(user=user, removed_at__isnull=True, ends_at__gt=since)
    return own.select_related("team__organisation")


def _duties(planned: list[Shift], role: str) -> list[Duty]:
    return [_duty(shift) for shift in planned if shift.role == role]


def _duty(shift: Shift) -> Duty:
    return Duty(shift.pk, shift.user_id, shift.starts_at, shift.ends_at)
