"""How days and actions of a dossier look on a page."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date

from dossiers.models import Action, Person
from dossiers.selectors import has_lapsed as lapsed
from dossiers.selectors import mention as mention_of
from routing.models import Case

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """ "wo 2 december"; with the year when that is another."""
    if value is None:
        return ""
    return format_date(value, "D j F" if value.year == timezone.localdate().year else "D j F Y")


@register.filter
def has_lapsed(action: Action) -> bool:
    return lapsed(action)


@register.filter
def mention(case: Case, person: Person | None) -> str:
    return mention_of(case, person)
