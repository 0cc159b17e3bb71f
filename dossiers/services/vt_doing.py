"""One act on a Veilig Thuis dossier as it is being done, and the checks on what was filled in for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.errors import StepNotPossible
from dossiers.models import VtRecord
from routing.errors import InvalidEntry

LONGEST_AHEAD = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Doing:
    """One act: who does it to which dossier, what was filled in, and when."""

    actor: Actor
    record: VtRecord
    fields: Mapping[str, Any]
    now: datetime

    def text(self, name: str) -> str:
        return str(self.fields.get(name) or "").strip()

    def given(self) -> set[str]:
        """The fields with something in them; a carrier by name is one too."""
        filled = {name for name, value in self.fields.items() if (value.strip() if isinstance(value, str) else value)}
        return filled | ({"carrier"} if "carrier_name" in filled else set())

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def check(*wrong: tuple[str, bool, str]) -> None:
    """Raises InvalidEntry with what is wrong, the first of each field."""
    errors: dict[str, str] = {}
    for name, is_wrong, message in wrong:
        if is_wrong:
            errors.setdefault(name, message)
    if errors:
        raise InvalidEntry(errors)


def one_carrier(doing: Doing) -> list[tuple[str, bool, str]]:
    both = bool(doing.fields.get("carrier")) and bool(doing.text("carrier_name"))
    return [("carrier_name", both, _("Kies een organisatie of vul een naam in, niet allebei."))]


def ahead(doing: Doing, name: str) -> list[tuple[str, bool, str]]:
    """Today or later, and so near that the year is no slip of the finger."""
    day = doing.fields.get(name)
    if not day:
        return []
    return [
        (name, day < doing.today, _("Deze dag is al voorbij.")),
        (name, day > doing.today + LONGEST_AHEAD, _("Dit is te ver weg: controleer het jaar.")),
    ]


def open_item(doing: Doing, candidates: QuerySet[Model]) -> Any:
    found = candidates.filter(pk=doing.fields["target"]).first()
    if found is None:
        raise StepNotPossible([_("Dit onderdeel is er niet of is al afgehandeld. Kijk wat er nu staat.")])
    return found


def opened_on(record: VtRecord) -> date:
    return timezone.localdate(record.opened_at)
