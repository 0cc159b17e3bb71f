"""The fields of a record in words: what each is called, and what stands in it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Agreement, IcdRecord, Outcome, Record, Step, Stuck

SITUATION = _("Wat is er aan de hand?")
LABELS = {
    "situation": SITUATION,
    "actions": _("Wat is er gedaan?"),
    "steps": _("Gedaan"),
    "agreements": _("Wat is er afgesproken?"),
    "agreed": _("Afgesproken"),
    "outcome": pgettext_lazy("ICD-notitie", "Uitkomst"),
    "handed_to": _("Overgedragen aan"),
    "handed_to_name": _("Of iemand anders"),
    "stuck": _("Wat houdt de uitstroom tegen?"),
    "stuck_note": _("Toelichting"),
    "kind": _("Advies of melding?"),
    "safety": _("Wat is er nu bekend over de veiligheid?"),
    "reporter_shielded": _("De melder is afgeschermd voor het gezin"),
}


def _ticked(choices: Any, chosen: list[str]) -> str:
    return ", ".join(str(choices(each).label) for each in chosen)


def _stuck(record: IcdRecord) -> str:
    why = str(Stuck(record.stuck).label) if record.stuck else ""
    return ": ".join(filter(None, (why, record.stuck_note)))


WORDS: dict[str, Callable[[Any], str]] = {
    "steps": lambda record: _ticked(Step, record.steps),
    "agreed": lambda record: _ticked(Agreement, record.agreed),
    "outcome": lambda record: str(Outcome(record.outcome).label) if record.outcome else "",
    "handed_to": lambda record: record.handed_to.name if record.handed_to else record.handed_to_name,
    "stuck": _stuck,
    "kind": lambda record: str(record.get_kind_display()),
}


def field_text(record: Record, name: str) -> str:
    words = WORDS.get(name)
    return words(record) if words else getattr(record, name)


def value_text(name: str, value: object) -> str:
    """One value of a field in words, as the merge view shows it."""
    if name in ("outcome", "stuck"):
        return str({"outcome": Outcome, "stuck": Stuck}[name](value).label) if value else ""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    return str(value or "")
