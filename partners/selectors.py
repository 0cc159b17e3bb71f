"""What the directory knows. It holds no facts about residents: everybody who is signed in may read it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from . import package
from .models import DirectoryRevision, Membership, Municipality, Organisation, Phone, Region, Service
from .package import DirectoryPackage
from .package.directory import MunicipalityFacts, OrganisationFacts, RegionFacts


def municipalities(region: Region, on: date | None = None) -> QuerySet[Municipality]:
    """The region's own municipalities that have not ended on a day (today unless told); also those still to come, for
    a directory holds from now on."""
    on = on or timezone.localdate()
    return region.municipalities.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def current_municipalities(on: date) -> QuerySet[Municipality]:
    """Every municipality that exists on a day, of whichever region."""
    return Municipality.objects.filter(_exists(on))


def _exists(on: date) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def find_municipality(given: str, on: date | None = None) -> Municipality | None:
    """By code or name, in any case; one that has merged gives the municipality it is part of on that day.

    None for a name that nobody knows on that day: one that is still to come, or ended without successor.
    """
    given, on = given.strip(), on or timezone.localdate()
    meant = Municipality.objects.filter(Q(code__iexact=given) | Q(name__iexact=given)).order_by("valid_from")
    found = meant.filter(_exists(on)).first() or meant.filter(valid_until__lt=on).last()
    while found and found.valid_until and found.valid_until < on:
        found = found.successor
    return found


def services(region: Region) -> QuerySet[Service]:
    """The services that the region's directory lists now."""
    return (
        region.services.filter(withdrawn=False)
        .select_related("organisation")
        .prefetch_related("phones", "weekly_hours", "dated_hours", "suspensions")
    )


def service_by_slug(region: Region, slug: str) -> Service | None:
    return region.services.select_related("organisation").filter(slug=slug).first()


def provider_choices() -> QuerySet[Organisation]:
    """The organisations that can be somebody's own provider: those that have a line for their own clients."""
    lines = Service.objects.filter(withdrawn=False, own_client_line=True)
    return Organisation.objects.filter(pk__in=lines.values("organisation"))


def revision_at(region: Region, moment: datetime) -> DirectoryRevision | None:
    """The directory facts that hold at a moment; none before the first revision."""
    return region.revisions.filter(valid_from__lte=moment).order_by("valid_from", "id").last()


# --- The directory document ---------------------------------------------------------------------


def directory_document(region: Region, on: date | None = None) -> dict[str, Any]:
    """The directory of a region as the decision core reads it, built from what is stored."""
    return {
        "region": region.slug,
        "timezone": region.timezone,
        "duty_service": region.duty_service,
        "municipalities": dict(municipalities(region, on).order_by("code").values_list("code", "name")),
        "services": [service_document(service) for service in services(region).order_by("slug")],
    }


def directory_package(region: Region) -> DirectoryPackage:
    """The directory as it is stored, in the form in which a package is read: rules and services are checked with it."""
    facts = RegionFacts(
        region.slug,
        region.name,
        region.timezone,
        date.min,
        region.duty_service,
        region.resident_message,
        region.accept_within,
    )
    return DirectoryPackage(
        facts,
        tuple(
            MunicipalityFacts(each.code, each.name, each.region_id == region.pk) for each in Municipality.objects.all()
        ),
        tuple(
            OrganisationFacts(
                each.slug, each.name, "", each.commissioner, each.commissioner_email, each.record_kind, each.email
            )
            for each in Organisation.objects.all()
        ),
        tuple(directory_document(region)["services"]),
    )


def service_as_written(service: Service) -> dict[str, Any]:
    """A service as a region package has it: what a form shows, and `change_service` reads back."""
    return package.service_as_written(service_document(service))


def service_version(service: Service) -> str:
    """Changes with anything of the service."""
    return package.digest(service_document(service))


def service_document(service: Service) -> dict[str, Any]:
    phones = {phone.kind: _phone_document(phone) for phone in service.phones.all()}
    return {
        "slug": service.slug,
        "name": service.name,
        "organisation": service.organisation.slug,
        "organisation_name": service.organisation.name,
        "own_client_line": service.own_client_line,
        "categories": service.categories,
        "ages": [service.minimum_age, service.maximum_age],
        "area": service.area,
        "accepts_by": service.accepts_by,
        "accept_within": service.accept_within,
        "answered_by": service.answered_by,
        "expect": service.expect,
        "have_ready": service.have_ready,
        "phone": phones.get(Phone.Kind.MAIN),
        "backup_phone": phones.get(Phone.Kind.BACKUP),
        "no_number_because": service.no_number_because,
        "never_off": service.never_off,
        "hours": _hours_document(service),
        "suspensions": [
            [s.starts_at.isoformat(), s.ends_at.isoformat() if s.ends_at else None, s.reason]
            for s in sorted(service.suspensions.all(), key=lambda suspension: suspension.starts_at)
        ],
    }


def _phone_document(phone: Phone) -> dict[str, Any]:
    return {
        "number": phone.number,
        "shown_as": phone.shown_as,
        "assured_on": phone.assured_on.isoformat(),
        "assured_by": phone.assured_by,
        "fictitious": phone.fictitious,
    }


def _hours_document(service: Service) -> dict[str, Any]:
    return {
        "weekly": [[hours.weekday, hours.opens, hours.closes] for hours in service.weekly_hours.all()],
        "on_holidays": service.on_holidays,
        "good_friday_is_holiday": service.good_friday_is_holiday,
        "liberation_day": service.liberation_day,
        "dated": [[hours.date.isoformat(), hours.opens, hours.closes] for hours in service.dated_hours.all()],
    }


def addresses_of_role(role: str, region: Region) -> list[str]:
    """The e-mail addresses of who has a role in a region today, each once."""
    today = timezone.localdate()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    held = Membership.objects.filter(valid, role=role, region=region, valid_from__lte=today, user__is_active=True)
    return sorted(set(held.exclude(user__email="").values_list("user__email", flat=True)))
