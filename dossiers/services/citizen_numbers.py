"""The only writer of BSNs, and the only place that gives one in full. The number goes into no message and no log."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessLogEntry
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core import read_bsn
from dossiers.models import CitizenNumber, Person
from dossiers.policies.people import may_see_bsn
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .people import add_person, locked, log_person, must_see_in, must_write_people


class BsnTaken(InvalidEntry):
    """Somebody else has it. Whether the actor may know who, the page asks of the selectors."""

    code = "bsn_taken"

    def __init__(self) -> None:
        super().__init__({"bsn": _("Dit BSN kan hier niet worden bewaard. Controleer de cijfers.")})


def record_bsn(actor: Actor, case: Case, person: Person, typed: str) -> None:
    """Keeps a BSN, in place of another; empty takes it away. A number that is somebody else's is refused."""
    number = _read(typed)
    try:
        _record(actor, case, person, number)
    except BsnTaken:
        _log_refused(actor, case)
        raise


def add_person_with_bsn(
    actor: Actor, case: Case, fields: Mapping[str, object], involved: Mapping[str, object], typed: str
) -> Person:
    """Both or neither."""
    number = _read(typed)
    try:
        with transaction.atomic():
            person = add_person(actor, case, fields, involved)
            if number:
                _record(actor, case, person, number)
            return person
    except BsnTaken:
        _log_refused(actor, case)
        raise


def _log_refused(actor: Actor, case: Case) -> None:
    """Outside the transaction that was given up. Who tries numbers leaves a trace; the number is not in it."""
    rule, refused = rule_for_case(actor, case), AccessLogEntry.Outcome.REFUSED
    subject = str(case.pk)
    log_access(actor, event="person.bsn_refused", action="U", record=case, subject=subject, rule=rule, outcome=refused)


def _read(typed: str) -> str:
    if not typed.strip():
        return ""
    number = read_bsn(typed)
    if number is None:
        raise InvalidEntry({"bsn": _("Dit is geen geldig BSN. Controleer de cijfers.")})
    return number


@transaction.atomic
def _record(actor: Actor, case: Case, person: Person, number: str) -> None:
    must_write_people(actor, case)
    (current,) = locked(person)
    must_see_in(actor, case, current)
    if not may_see_bsn(actor, case, current):
        raise InvalidEntry({"bsn": _("Het BSN is er alleen voor de betrokkene en het gezin, bij wie de regie heeft.")})
    had = CitizenNumber.objects.filter(person=current, ended_at__isnull=True).first()
    if (had.number if had else "") == number:
        return
    _end(actor, had)
    if number:
        _add(actor, current, number)
    log_person(actor, current, case, event="person.bsn_recorded", action="U")


def _end(actor: Actor, had: CitizenNumber | None) -> None:
    if had is not None:
        had.ended_at, had.ended_by = timezone.now(), actor.user
        had.save()


def _add(actor: Actor, person: Person, number: str) -> None:
    """A conflict is passed over and not raised: the error of the database would name the number, and be logged."""
    row = CitizenNumber(person=person, number=number, recorded_at=timezone.now(), recorded_by=actor.user)
    CitizenNumber.objects.bulk_create([row], ignore_conflicts=True)
    if not CitizenNumber.objects.filter(person=person, ended_at__isnull=True).exists():
        raise BsnTaken


@transaction.atomic
def show_bsn(actor: Actor, case: Case, person: Person, purpose: str) -> str:
    """The number in full, logged with what it is for."""
    must_see_in(actor, case, person)
    if not may_see_bsn(actor, case, person):
        raise PermissionDenied(_("U mag het BSN van deze persoon niet zien."))
    kept = CitizenNumber.objects.filter(person=person, ended_at__isnull=True).first()
    log_person(actor, person, case, event="person.bsn_shown", action="R", detail=purpose)
    return kept.number if kept else ""
