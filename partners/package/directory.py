"""Who there is: region.yaml, municipalities.yaml and organisations.yaml, read into what `load_directory` stores.

Services stay in the form of the directory document, which the decision core reads: so a draft package can be proven
without a database, and a loaded one can be compared with what is stored.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from . import values
from .reader import Entry, Form, PackageReader
from .services import read_service

URGENCIES = ("U0", "U1", "U2", "U3", "U4", "U5")
REGION, MUNICIPALITIES, ORGANISATIONS = "region.yaml", "municipalities.yaml", "organisations.yaml"


@dataclass(frozen=True, slots=True)
class RegionFacts:
    slug: str
    name: str
    timezone: str
    valid_from: date
    duty_service: str
    resident_message: str
    accept_within: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    code: str
    name: str
    own: bool
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""

    def is_current(self, on: date) -> bool:
        return self.valid_until is None or on <= self.valid_until


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    slug: str
    name: str
    home_region: str
    commissioner: str
    commissioner_email: str
    record_kind: str
    email: str


@dataclass(frozen=True, slots=True)
class DirectoryPackage:
    """Everything a region package says about who there is."""

    region: RegionFacts
    municipalities: tuple[MunicipalityFacts, ...] = ()
    organisations: tuple[OrganisationFacts, ...] = ()
    services: tuple[dict[str, Any], ...] = ()

    def document(self, on: date) -> dict[str, Any]:
        """The directory document: what the decision core knows of this region on a day."""
        return {
            "region": self.region.slug,
            "timezone": self.region.timezone,
            "duty_service": self.region.duty_service,
            "municipalities": {m.code: m.name for m in self.municipalities if m.own and m.is_current(on)},
            "services": list(self.services),
        }

    def service(self, slug: str) -> dict[str, Any] | None:
        return next((service for service in self.services if service["slug"] == slug), None)

    def code_of(self, municipality: str) -> str:
        """The code of a municipality by its name or code; raises ValueError when the package does not have it."""
        return _code_of(self.municipalities, municipality)


def read_directory(reader: PackageReader) -> DirectoryPackage:
    region_form = reader.form(
        REGION,
        required=("slug", "name", "timezone", "valid_from", "duty_service", "resident_message"),
        optional=("accept_within",),
    )
    region = _region(region_form)
    municipalities = _municipalities(reader)
    organisations, services = _organisations(reader, municipalities)
    _check_duty_service(region_form, region.duty_service, services)
    return DirectoryPackage(region, municipalities, organisations, services)


def _region(form: Form) -> RegionFacts:
    return RegionFacts(
        slug=form.value("slug", values.slug, ""),
        name=form.value("name", values.text(100), ""),
        timezone=form.value("timezone", values.timezone, "Europe/Amsterdam"),
        valid_from=form.value("valid_from", values.day, date.min),
        duty_service=form.value("duty_service", values.slug, ""),
        resident_message="\n".join(form.values("resident_message", values.text())),
        accept_within=_accept_within(form),
    )


def _accept_within(form: Form) -> dict[str, int]:
    """Minutes to accept an offer, by urgency."""
    minutes = {}
    for urgency, entry in form.groups("accept_within"):
        if urgency not in URGENCIES:
            entry.wrong(f"urgentie `{urgency}` bestaat niet; kies uit: {', '.join(URGENCIES)}")
        minutes[urgency] = entry.parsed(values.minutes, 0)
    return minutes


def _check_duty_service(form: Form, slug: str, services: tuple[dict[str, Any], ...]) -> None:
    found = next((service for service in services if service["slug"] == slug), None)
    if slug and found is None:
        form["duty_service"].parsed(values.one_of([service["slug"] for service in services], "dienst"), "")
    elif found is not None and not found["never_off"]:
        form["duty_service"].wrong(f"dienst `{slug}` is het vangnet en moet `never_off: ja` hebben")


# --- Municipalities -------------------------------------------------------------------------------


def _municipalities(reader: PackageReader) -> tuple[MunicipalityFacts, ...]:
    form = reader.form(MUNICIPALITIES, required=("own",), optional=("neighbouring",))
    entries = [(group, code, entry) for group in ("own", "neighbouring") for code, entry in form.groups(group)]
    known = {code for _group, code, _entry in entries}
    found: dict[str, MunicipalityFacts] = {}
    for group, code, entry in entries:
        municipality = _municipality(code, entry, own=group == "own")
        if code in found:
            entry.wrong(f"gemeente `{code}` staat al in dit bestand")
        elif any(other.name == municipality.name for other in found.values()):
            entry.wrong(f"de naam `{municipality.name}` staat al in dit bestand")
        else:
            found[code] = municipality
        if municipality.successor and municipality.successor not in known:
            entry.wrong(f"opvolger `{municipality.successor}` staat niet in dit bestand")
    return tuple(sorted(found.values(), key=lambda municipality: municipality.code))


def _municipality(code: str, entry: Entry, own: bool) -> MunicipalityFacts:
    if len(code) != 6 or not code.startswith("GM") or not code[2:].isdigit():
        entry.wrong(f"`{code}` is geen CBS-code; schrijf GM en vier cijfers, zoals GM0392")
    form = entry.form(required=("name",), optional=("valid_from", "valid_until", "successor"))
    return MunicipalityFacts(
        code=code,
        name=form.value("name", values.text(100), code),
        own=own,
        valid_from=form.value("valid_from", values.day, None),
        valid_until=form.value("valid_until", values.day, None),
        successor=form.value("successor", values.text(6), ""),
    )


def _code_of(municipalities: Collection[MunicipalityFacts], given: str) -> str:
    for municipality in municipalities:
        if given in (municipality.code, municipality.name):
            return municipality.code
    return values.one_of([municipality.name for municipality in municipalities], "gemeente")(given)


# --- Organisations and their services ---------------------------------------------------------------


OPTIONAL = ("home_region", "commissioner", "commissioner_email", "record", "email")


def _organisations(
    reader: PackageReader, municipalities: tuple[MunicipalityFacts, ...]
) -> tuple[tuple[OrganisationFacts, ...], tuple[dict[str, Any], ...]]:
    form = reader.form(ORGANISATIONS, required=("organisations",))
    organisations: list[OrganisationFacts] = []
    services: dict[str, dict[str, Any]] = {}
    for slug, entry in form.groups("organisations"):
        details = entry.form(required=("name", "services"), optional=OPTIONAL)
        organisation = _organisation(slug, details)
        organisations.append(organisation)
        for service_slug, service_entry in details.groups("services"):
            values.check(service_slug, values.slug, service_entry)
            if service_slug in services:
                service_entry.wrong(f"dienst `{service_slug}` bestaat al; elke dienst heeft een eigen sleutel")
            services[service_slug] = {
                "slug": service_slug,
                "organisation": organisation.slug,
                "organisation_name": organisation.name,
                **read_service(service_entry, partial(_code_of, municipalities)),
            }
        _check_own_client_lines(details, organisation, services.values())
    return tuple(organisations), tuple(services[slug] for slug in sorted(services))


def _organisation(slug: str, form: Form) -> OrganisationFacts:
    values.check(slug, values.slug, form.entry)
    return OrganisationFacts(
        slug=slug,
        name=form.value("name", values.text(120), slug),
        home_region=form.value("home_region", values.slug, ""),
        commissioner=form.value("commissioner", values.text(120), ""),
        commissioner_email=form.value("commissioner_email", values.email, ""),
        record_kind=form.value("record", values.one_of(("icd", "vt"), "soort dossier"), ""),
        email=form.value("email", values.email, ""),
    )


def _check_own_client_lines(form: Form, organisation: OrganisationFacts, services: Collection[dict[str, Any]]) -> None:
    lines = [s["slug"] for s in services if s["organisation"] == organisation.slug and s["own_client_line"]]
    if len(lines) > 1:
        form["services"].wrong(f"hoogstens één dienst is de lijn voor eigen cliënten, niet: {', '.join(lines)}")
