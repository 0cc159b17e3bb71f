"""Changes of the live directory that cannot open a gap unseen: proven first against the rules in force and planned."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners import services as partners
from partners.models import DirectoryRevision, Region, Service, Suspension
from partners.package import Mistake, entry_of, messages_by_field, read_service
from partners.selectors import (
    directory_document,
    directory_package,
    service_as_written,
    service_document,
    service_version,
)
from routing.errors import ChangedMeanwhile, NeverOff, RulesInvalid
from routing.models import RuleSet
from routing.policies import must_in
from routing.proofs import two_years_on
from routing.proving import Finding, find, is_still_wrong
from routing.selectors import open_waivers, planned, rule_set_at

from .rule_sets import LONGEST_REASON, refuse_unless_waived, waive

CHANGEABLE = (
    *("name", "answered_by", "expect", "have_ready", "accepts_by", "accept_within", "categories", "ages", "area"),
    *("phone", "backup_phone", "no_number_because", "hours", "holidays", "exceptions"),
)
SERVICE_KEYS = ("slug", "organisation", "organisation_name")
Findings = Mapping[RuleSet, Finding]
Problems = Mapping[RuleSet, list[dict[str, Any]]]


@transaction.atomic
def change_service(
    actor: Actor, service: Service, changes: Mapping[str, Any], *, seen_version: str, waiver_reason: str = ""
) -> DirectoryRevision | None:
    """Changes a service from now on; None when nothing differs.

    `changes` as in a region package: `hours` ("ma-vr 08:30-17:00, za 09:00-12:00" or a list of such lines, or
    "altijd"), `holidays` ({on_holidays, good_friday, liberation_day}), `exceptions` ({date: lines or "gesloten"}),
    `ages` ("0-17"), `area` and `categories` (lists), `name`, `answered_by`, `expect`, `have_ready`, `accepts_by`,
    `accept_within` (minutes), `no_number_because`, and `phone` and `backup_phone` ({number, assured_on, assured_by,
    shown_as, fictitious}, or None).
    What is left out stays; an empty value removes what may be absent. `partners.selectors.service_as_written` gives
    all of it as it is now, `service_version` what to pass as `seen_version`.

    Raises RulesInvalid (field -> message), ChangedMeanwhile (`current` is the stored service), or NotWatertight for
    gaps and conflicts that were not there, unless who may waive gives a reason.
    """
    must_in(actor, Permission.EDIT_DIRECTORY, service.region)
    stored = _locked(service)
    if service_version(stored) != seen_version:
        raise ChangedMeanwhile(stored)
    document = _changed(stored, changes)
    now = _now()
    before, undiverted_before = prove_ahead(stored.region, now), prove_undiverted(stored.region, now)
    revision = partners.store_service(actor, stored, document)
    if revision is None:
        return None
    after = prove_ahead(stored.region, now)
    # A gap that a diversion opened already must not hide one that stays when the diversion is over.
    staying = worsened_by(undiverted_before, prove_undiverted(stored.region, now))
    worse = _together(worsened_by(before, after), staying)
    refuse_unless_waived(actor, [problem for problems in worse.values() for problem in problems], waiver_reason)
    for rule_set, problems in worse.items():
        waive(actor, rule_set, revision, problems, waiver_reason, service=stored)
    settle_waivers(stored.region, after)
    log_access(actor, event="service.changed", action="U", record=stored)
    return revision


@transaction.atomic
def suspend(
    actor: Actor, service: Service, ends_at: datetime, reason: str, starts_at: datetime | None = None
) -> Suspension:
    """A supervisor's diversion: holds at once, or from a later moment.

    Its reason and end are the waiver of the gaps it opens. Raises NeverOff, or RulesInvalid (`ends_at`, `reason`).
    """
    must_in(actor, Permission.DIVERT_SERVICE, service.region)
    stored = _locked(service)
    if stored.never_off:
        raise NeverOff
    now = _now()
    starts_at = max(starts_at or now, now)
    _check_diversion(starts_at, ends_at, reason)
    before = prove_ahead(stored.region, now)
    suspension, revision = partners.divert(actor, stored, starts_at, ends_at, reason.strip())
    for rule_set, problems in worsened_by(before, prove_ahead(stored.region, now)).items():
        whence = {"service": stored, "suspension": suspension, "ends_at": ends_at}
        waive(actor, rule_set, revision, problems, reason, **whence)
    log_access(actor, event="service.suspended", action="U", record=stored)
    return suspension


@transaction.atomic
def end_suspension(actor: Actor, suspension: Suspension) -> DirectoryRevision | None:
    """Ends a diversion now, or takes back one that has not begun."""
    must_in(actor, Permission.DIVERT_SERVICE, suspension.service.region)
    service = _locked(suspension.service)
    now = _now()
    revision = partners.end_diversion(actor, suspension, now)
    settle_waivers(service.region, prove_ahead(service.region, now))
    log_access(actor, event="service.resumed", action="U", record=service)
    return revision


def _locked(service: Service) -> Service:
    Region.objects.select_for_update().get(pk=service.region_id)
    return Service.objects.select_related("region", "organisation").get(pk=service.pk)


def _now() -> datetime:
    """In whole seconds, as decisions count."""
    return timezone.now().replace(microsecond=0)


def _check_diversion(starts_at: datetime, ends_at: datetime, reason: str) -> None:
    errors = {}
    if ends_at <= starts_at:
        errors["ends_at"] = _("Het einde moet na het begin liggen.")
    if not reason.strip():
        errors["reason"] = _("Geef een reden: die staat op het bord zolang de omleiding duurt.")
    elif len(reason.strip()) > LONGEST_REASON:
        errors["reason"] = _("Houd de reden bij hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}
    if errors:
        raise RulesInvalid(errors)


# --- What a service will say ------------------------------------------------------------------


def _changed(service: Service, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The service's document with the changes, read by the package's own parsers. Raises RulesInvalid."""
    if unknown := [name for name in changes if name not in CHANGEABLE]:
        raise RulesInvalid({name: _("Dit gegeven verandert hier niet.") for name in unknown})
    written = {**service_as_written(service), **{name: _as_written(name, value) for name, value in changes.items()}}
    needed = ("name", "answered_by", "expect", "accepts_by", "hours")
    given = {name: value for name, value in written.items() if name in needed or value not in ("", None, [], {})}
    mistakes: list[Mistake] = []
    read = read_service(entry_of(given, mistakes), directory_package(service.region).code_of)
    if mistakes:
        raise RulesInvalid(messages_by_field(mistakes))
    stored = service_document(service)
    return {**read, **{key: stored[key] for key in SERVICE_KEYS}, "suspensions": stored["suspensions"]}


def _as_written(name: str, value: Any) -> Any:
    if name == "hours":
        return _lines(value)
    if name == "exceptions":
        return {day: _lines(lines) for day, lines in (value or {}).items()}
    return value


def _lines(value: Any) -> Any:
    """Hours typed in one field as the list that a package has."""
    if not isinstance(value, str):
        return value
    lines = [line.strip() for line in re.split(r"[,;\n]", value) if line.strip()]
    return lines[0] if lines in (["altijd"], ["gesloten"]) else lines


# --- The guard --------------------------------------------------------------------------------


def prove_ahead(region: Region, now: datetime) -> dict[RuleSet, Finding]:
    """The directory as it is stored now, proven with the rules in force and planned, each over the time it holds."""
    return _prove_ahead(region, directory_document(region), now)


def prove_undiverted(region: Region, now: datetime) -> dict[RuleSet, Finding]:
    """The same as if every diversion were over; nothing where all of them are."""
    directory = directory_document(region)
    ends = [end for service in directory["services"] for _start, end, _reason in service["suspensions"]]
    if not any(end is None or datetime.fromisoformat(end) > now for end in ends):
        return {}
    services = [{**service, "suspensions": []} for service in directory["services"]]
    return _prove_ahead(region, {**directory, "services": services}, now)


def _prove_ahead(region: Region, directory: dict[str, Any], now: datetime) -> dict[RuleSet, Finding]:
    held = rule_set_at(region, now)
    coming = [*([held] if held else []), *planned(region, now)]
    starts = [max(each.valid_from, now) for each in coming]
    ends = [*starts[1:], *(_horizon(start) for start in starts[-1:])]
    return {
        each: find(directory, each.document, start, min(end, _horizon(start)))
        for each, start, end in zip(coming, starts, ends, strict=True)
        if start < end
    }


def _horizon(start: datetime) -> datetime:
    """A whole day, so that two proofs with the change in between look equally far."""
    return two_years_on(start).replace(hour=0, minute=0, second=0)


def worsened_by(
    before: Mapping[RuleSet, Finding], after: Mapping[RuleSet, Finding]
) -> dict[RuleSet, list[dict[str, Any]]]:
    """What is wrong after a change and was not before, per rule set that was there already."""
    both = {rule_set: finding for rule_set, finding in after.items() if rule_set in before}
    with house_language():
        worse = {rule_set: finding.problems_since(before[rule_set]) for rule_set, finding in both.items()}
    return {rule_set: problems for rule_set, problems in worse.items() if problems}


def _together(first: Problems, second: Problems) -> Problems:
    """Both, each problem once."""
    both = {rule_set: list(problems) for rule_set, problems in first.items()}
    for rule_set, problems in second.items():
        found = both.setdefault(rule_set, [])
        found += [each for each in problems if each not in found]
    return both


def settle_waivers(region: Region, findings: Findings) -> None:
    """A waiver is over when nothing that it let through is wrong any more."""
    for waiver in open_waivers(region):
        finding = findings.get(waiver.rule_set)
        if finding is not None and not any(is_still_wrong(problem, finding) for problem in waiver.cells):
            waiver.settled_at = timezone.now()
            waiver.save()
