"""The only writer of the directory."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.policies import Actor, Permission
from accounts.services import log_access

from .models import (
    DatedHours,
    DirectoryRevision,
    Municipality,
    Organisation,
    Phone,
    Region,
    Service,
    Suspension,
    WeeklyHours,
)
from .package import DirectoryPackage, digest
from .package.directory import MunicipalityFacts, OrganisationFacts
from .selectors import directory_document

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows of each model were new, changed, unchanged or withdrawn."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, model: type[models.Model], what: str, times: int = 1) -> None:
        self.counts[model.__name__, what] += times

    @property
    def any(self) -> bool:
        return any(times for (_model, what), times in self.counts.items() if what != "unchanged")

    def of(self, model: type[models.Model]) -> dict[str, int]:
        return {what: self.counts[model.__name__, what] for what in ("new", "changed", "unchanged", "withdrawn")}


@transaction.atomic
def load_directory(actor: Actor | None, package: DirectoryPackage) -> tuple[Region, Changes]:
    """Makes the stored directory of a region say what its package says. Rows that already do are not touched.

    Without an actor it is the command line that loads: who can run that, runs the site.
    """
    if actor is not None:
        actor.must(Permission.EDIT_DIRECTORY)
    changes = Changes()
    region = _load_region(package, changes)
    _load_municipalities(region, package.municipalities, changes)
    for facts in package.organisations:
        _load_organisation(region, facts, changes)
    _withdraw_services(region, {service["slug"] for service in package.services}, changes)
    # Of an organisation only one service may hold the line for its own clients: give it up before it is taken.
    for document in sorted(package.services, key=lambda service: service["own_client_line"]):
        _load_service(region, document, changes)
    if changes.any:
        log_access(actor, event="directory.loaded", action="U", record=region)
    return region, changes


def record_revision(actor: Actor | None, region: Region, first_valid_from: datetime) -> DirectoryRevision | None:
    """Records the directory as it now is, when it differs from the last revision: from now on, and the first from the
    given moment. Returns the new revision, or None when nothing changed."""
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)
        document = directory_document(region)
        last = region.revisions.order_by("valid_from", "id").last()
        if last and last.digest == digest(document):
            return None
        return DirectoryRevision.objects.create(
            region=region,
            valid_from=timezone.now() if last else first_valid_from,
            document=document,
            digest=digest(document),
            recorded_by=actor.user if actor else None,
        )


def store_service(actor: Actor, service: Service, document: Mapping[str, Any]) -> DirectoryRevision | None:
    """Makes one service say what its document says, from now on."""
    actor.must(Permission.EDIT_DIRECTORY)
    with transaction.atomic():
        _load_service(service.region, document, Changes())
        return record_revision(actor, service.region, timezone.now())


def divert(
    actor: Actor, service: Service, starts_at: datetime, ends_at: datetime, reason: str
) -> tuple[Suspension, DirectoryRevision]:
    actor.must(Permission.DIVERT_SERVICE)
    with transaction.atomic():
        suspension = Suspension.objects.create(service=service, starts_at=starts_at, ends_at=ends_at, reason=reason)
        return suspension, record_revision(actor, service.region, starts_at)


def end_diversion(actor: Actor, suspension: Suspension, moment: datetime) -> DirectoryRevision | None:
    """Ends it at the moment; one that has not begun then, or that is over, is gone or stays as it was."""
    actor.must(Permission.DIVERT_SERVICE)
    with transaction.atomic():
        region = suspension.service.region
        if suspension.starts_at >= moment:
            suspension.delete()
        elif suspension.ends_at is None or suspension.ends_at > moment:
            suspension.ends_at = moment
            suspension.save()
        return record_revision(actor, region, moment)


def _load_region(package: DirectoryPackage, changes: Changes) -> Region:
    facts = package.region
    Region.objects.select_for_update().filter(slug=facts.slug).first()
    return _store(
        Region,
        {"slug": facts.slug},
        {
            "name": facts.name,
            "timezone": facts.timezone,
            "duty_service": facts.duty_service,
            "resident_message": facts.resident_message,
            "accept_within": facts.accept_within,
        },
        changes,
    )


def _load_municipalities(region: Region, all_facts: Iterable[MunicipalityFacts], changes: Changes) -> None:
    by_code = {facts.code: facts for facts in all_facts}
    for gone in region.municipalities.exclude(code__in=[code for code, facts in by_code.items() if facts.own]):
        _store(Municipality, {"code": gone.code}, {"region": None}, changes)
    for facts in by_code.values():
        if facts.own or not Municipality.objects.filter(code=facts.code).exists():
            _store(
                Municipality,
                {"code": facts.code},
                {
                    "name": facts.name,
                    "region": region if facts.own else None,
                    "valid_from": facts.valid_from,
                    "valid_until": facts.valid_until,
                },
                changes,
            )
    for facts in by_code.values():
        if facts.successor:
            _link_successor(facts)


def _link_successor(facts: MunicipalityFacts) -> None:
    municipality = Municipality.objects.get(code=facts.code)
    successor = Municipality.objects.get(code=facts.successor)
    if municipality.successor_id != successor.pk:
        municipality.successor = successor
        municipality.save()


def _load_organisation(region: Region, facts: OrganisationFacts, changes: Changes) -> None:
    """Only the region that an organisation calls home changes it; another package that names it finds it there."""
    stored = Organisation.objects.filter(slug=facts.slug).first()
    if stored and stored.home_region_id not in (None, region.pk):
        return
    _store(
        Organisation,
        {"slug": facts.slug},
        {
            "name": facts.name,
            "home_region": Region.objects.filter(slug=facts.home_region).first(),
            "commissioner": facts.commissioner,
            "commissioner_email": facts.commissioner_email,
            "record_kind": facts.record_kind,
            "email": facts.email,
        },
        changes,
    )


def _withdraw_services(region: Region, listed: set[str], changes: Changes) -> None:
    for service in region.services.filter(withdrawn=False).exclude(slug__in=listed):
        service.withdrawn, service.own_client_line = True, False
        service.save()
        changes.add(Service, "withdrawn")


def _load_service(region: Region, document: Mapping[str, Any], changes: Changes) -> None:
    plain = (
        *(
            "name",
            "own_client_line",
            "categories",
            "area",
            "accepts_by",
            "accept_within",
            "answered_by",
            "expect",
            "have_ready",
        ),
        *("no_number_because", "never_off"),
    )
    hours = document["hours"]
    service = _store(
        Service,
        {"region": region, "slug": document["slug"]},
        {
            **{name: document[name] for name in plain},
            "organisation": Organisation.objects.get(slug=document["organisation"]),
            "minimum_age": document["ages"][0],
            "maximum_age": document["ages"][1],
            "on_holidays": hours["on_holidays"],
            "good_friday_is_holiday": hours["good_friday_is_holiday"],
            "liberation_day": hours["liberation_day"],
            "withdrawn": False,
        },
        changes,
    )
    _load_phone(service, Phone.Kind.MAIN, document["phone"], changes)
    _load_phone(service, Phone.Kind.BACKUP, document["backup_phone"], changes)
    _load_hours(service, WeeklyHours, ("weekday", "opens", "closes"), hours["weekly"], changes)
    dated = [[date.fromisoformat(on), opens, closes] for on, opens, closes in hours["dated"]]
    _load_hours(service, DatedHours, ("date", "opens", "closes"), dated, changes)


def _load_phone(service: Service, kind: str, document: Mapping[str, Any] | None, changes: Changes) -> None:
    if document is not None:
        facts = {**document, "assured_on": date.fromisoformat(document["assured_on"])}
        _store(Phone, {"service": service, "kind": kind}, facts, changes)
        return
    for phone in service.phones.filter(kind=kind):
        phone.delete()
        changes.add(Phone, "withdrawn")


def _load_hours(
    service: Service,
    model: type[WeeklyHours] | type[DatedHours],
    fields: tuple[str, ...],
    listed: list[list[Any]],
    changes: Changes,
) -> None:
    """Hours have no identity of their own: a row is kept, or removed, or new."""
    stored = {tuple(getattr(row, name) for name in fields): row for row in model.objects.filter(service=service)}
    wanted = {tuple(row) for row in listed}
    for values, row in stored.items():
        if values not in wanted:
            row.delete()
            changes.add(model, "withdrawn")
    new = [model(service=service, **dict(zip(fields, values, strict=True))) for values in wanted - stored.keys()]
    bulk_create_with_history(new, model)
    changes.add(model, "new", len(new))
    changes.add(model, "unchanged", len(wanted & stored.keys()))


def _store(model: type[Row], key: dict[str, Any], facts: dict[str, Any], changes: Changes) -> Row:
    """The row with this key, saved only when it is new or a fact differs."""
    row = model.objects.filter(**key).first()
    if row is None:
        row = model.objects.create(**key, **facts)
        changes.add(model, "new")
        return row
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.save()
    changes.add(model, "changed" if differing else "unchanged")
    return row
