"""Lack of capacity: what organisations of a region owed their commissioners, and whether those know."""

from datetime import date

from django.db.models import QuerySet

from accounts.policies import Actor, Permission
from partners.models import Region
from routing.models import CapacityReport

from .periods import days


def capacity_reports(actor: Actor, since: date, until: date) -> QuerySet[CapacityReport]:
    """The reports of these days in the actor's region, newest first. Raises PermissionDenied."""
    region = Region.objects.get(pk=actor.region_id) if actor.region_id else None
    reports = all_reports(actor)
    return reports.filter(made_at__range=days(since, until, region)) if region else reports.none()


def told_to_nobody(actor: Actor) -> QuerySet[CapacityReport]:
    """Of whatever day, what the commissioner does not know yet, oldest first. Raises PermissionDenied."""
    return all_reports(actor).filter(told_at__isnull=True).order_by("made_at", "pk")


def all_reports(actor: Actor) -> QuerySet[CapacityReport]:
    """Of the actor's region. Raises PermissionDenied."""
    actor.must(Permission.SEE_BOARD)
    reports = CapacityReport.objects.filter(region=actor.region_id)
    return reports.select_related("region", "organisation", "service", "handover", "told_by")
