"""The access log, as its reader asks for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import AccessLogEntry
from accounts.policies import Actor, Permission


@dataclass(frozen=True, slots=True)
class AccessLogFilter:
    """What the reader asks for; an empty field asks nothing. `before` is the id that an older page starts below."""

    user: str = ""
    event: str = ""
    record: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    def conditions(self) -> Q:
        asked = {
            "user__username__iexact": self.user,
            "event__icontains": self.event,
            "at__gte": self.since and _midnight(self.since),
            "at__lt": self.until and _midnight(self.until + timedelta(days=1)),
            "id__lt": self.before,
        }
        return Q(**{lookup: value for lookup, value in asked.items() if value}) & self._record()

    def _record(self) -> Q:
        if not self.record:
            return Q()
        return Q(record_type=self.record) | Q(record_id=self.record) | Q(subject=self.record)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def access_log(actor: Actor, wanted: AccessLogFilter) -> QuerySet[AccessLogEntry]:
    """Newest first. Whoever shows these rows logs that they were shown."""
    actor.must(Permission.SEE_ACCESS_LOG)
    return AccessLogEntry.objects.filter(wanted.conditions()).select_related("user")


def done_by(actor: Actor, user: int, subject: str, since: datetime, until: datetime) -> QuerySet[AccessLogEntry]:
    """What one person did with one case in a period, in the order in which it happened."""
    actor.must(Permission.SEE_ACCESS_LOG)
    return AccessLogEntry.objects.filter(user=user, subject=subject, at__gte=since, at__lte=until).order_by("id")


def acts_on(subject: str, since: datetime, until: datetime) -> QuerySet[AccessLogEntry]:
    """What was done to a case in a period, looks apart. Whether the reader may see the case was asked first."""
    done = AccessLogEntry.objects.filter(subject=subject, at__gte=since, at__lte=until)
    done = done.filter(outcome=AccessLogEntry.Outcome.ALLOWED)
    return done.exclude(action=AccessLogEntry.Action.READ).order_by("id")


def looked_at(subject: str, without: Collection[str] = ()) -> list[dict]:
    """Who did what with a case per day, and how often: by organisation and role, never by name; newest day first.

    `without` are kinds of record whose events are left out. Whether the reader may see the case was asked first.
    """
    allowed = AccessLogEntry.objects.filter(subject=subject, outcome=AccessLogEntry.Outcome.ALLOWED)
    by_people = allowed.filter(user__isnull=False).exclude(record_type__in=without)
    who_and_why = ("day", "on_behalf_of", "role", "action", "rule", "purpose")
    counted = by_people.order_by().annotate(day=TruncDate("at")).values(*who_and_why).annotate(times=Count("id"))
    return list(counted.order_by("-day", *who_and_why[1:]))
