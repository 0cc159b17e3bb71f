"""What is wrong with an action, in words at the field; and the longest it may last."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from .core.actions import Found, Wrong


def in_words(found: Found, longest: date | None = None) -> dict[str, str]:
    """Per field what to do about it."""
    return {field: _words(wrong, longest) for field, wrong in found.items()}


def _words(wrong: Wrong, longest: date | None) -> str:
    texts = {
        Wrong.PERSON_MISSING: _("Kies op wie dit betrekking heeft. Staat die er niet bij? Voeg de persoon eerst toe."),
        Wrong.NOT_AN_ADULT: _("Een huisverbod kan alleen aan een volwassene. Deze persoon was toen nog geen 18."),
        Wrong.IN_THE_FUTURE: _("Dit ligt in de toekomst. Leg vast wat gebeurd is."),
        Wrong.BEFORE_THE_CALENDAR: _("Kies een moment vanaf 2020."),
        Wrong.BEFORE_START: _("Dit ligt vóór het begin."),
        Wrong.BEFORE_LEAVING: _("Dit ligt vóór het begin of het vertrek."),
        Wrong.BEFORE_ARRIVAL: _("Dit ligt vóór het vertrek of de aankomst."),
        Wrong.LAST_DAY_TOO_EARLY: _("De laatste dag ligt vóór het begin."),
        Wrong.NO_EXTENSION: _("Dit kan niet verlengd worden."),
        Wrong.HAS_LAPSED: _("Dit is al afgelopen en kan niet meer verlengd worden. Leg een nieuw besluit vast."),
        Wrong.HAS_ENDED: _("Dit is al beëindigd en kan niet meer verlengd worden."),
        Wrong.NOT_LONGER: _("Kies een dag na de laatste dag die nu geldt."),
        Wrong.REASON_MISSING: _("Schrijf op waarom."),
        Wrong.OUTCOME_MISSING: _("Kies wat eruit kwam."),
    }
    if wrong is Wrong.LAST_DAY_TOO_LATE:
        return _("Dit mag duren tot en met %(day)s, niet langer.") % {"day": day_name(longest)}
    return texts[wrong]


def day_name(day: date | None) -> str:
    """ "wo 2 december 2026"."""
    return "" if day is None else format_date(day, "D j F Y")
