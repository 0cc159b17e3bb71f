"""Changes of the live directory that cannot open a gap unseen: proven first against the rules in force and planned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.policies import Actor
from partners.models import DirectoryRevision, Service, Suspension


def change_service(
    actor: Actor, service: Service, changes: Mapping[str, Any], *, seen_version: str, waiver_reason: str = ""
) -> DirectoryRevision | None:
    """Changes a service from now on; None when nothing differs.

    `changes` as in a region package: `hours` ("ma-vr 08:30-17:00, za 09:00-12:00" or a list of such lines, or
    "altijd"), `holidays` ({on_holidays, good_friday, liberation_day}), `exceptions` ({date: lines or "gesloten"}),
    `ages` ("0-17"), `area` and `categories` (lists), `name`, `answered_by`, `expect`, `have_ready`, `accepts_by`,
    `phone` and `backup_phone` ({number, assured_on, assured_by, shown_as, fictitious}, or None), `no_number_because`.
    What is left out stays; an empty value removes what may be absent. `partners.selectors.service_as_written` gives
    all of it as it is now, `service_version` what to pass as `seen_version`.

    Raises RulesInvalid (field -> message), ChangedMeanwhile, NeverOff, or NotWatertight for gaps and conflicts that were
    not there, unless who may waive gives a reason.
    """
    raise NotImplementedError


def suspend(
    actor: Actor, service: Service, ends_at: datetime, reason: str, starts_at: datetime | None = None
) -> Suspension:
    """A supervisor's diversion: holds at once, or from a later moment. Its reason and end are the waiver of what it opens.

    Raises RulesInvalid (`ends_at`, `starts_at`, `reason`) or NeverOff.
    """
    raise NotImplementedError


def end_suspension(actor: Actor, suspension: Suspension) -> DirectoryRevision | None:
    """Ends a diversion now, or takes back one that has not begun."""
    raise NotImplementedError
