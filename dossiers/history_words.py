"""The fields of a case and their values in words, for its history."""

from datetime import date, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policies import Actor

from .deadline_words import EVENT_NAMES
from .history_labels import LABELS
from .models import Person
from .policies.people import visible_people

EMPTY = "–"
# Kept as a code that is no choice of the model; a row of the history is of a model of its own.
EVENTS = {("NormEvent", "event"), ("HistoricalNormEvent", "event")}


def label_of(field: Field) -> str:
    """The label of the field; of one that nobody named yet, the name its model gave it."""
    named = LABELS.get((field.model.__name__.lower(), field.name), LABELS.get(field.name))
    return str(named or field.verbose_name)


class Values:
    """Values in words; what a row refers to is looked up once for the whole page."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._names: dict[tuple[type[Model], Any], str] = {}

    def in_words(self, field: Field, row: Model) -> str:
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            return EMPTY
        if isinstance(field, ForeignKey):
            return self._name(field.related_model, value)
        if (field.model.__name__, field.name) in EVENTS:
            return str(EVENT_NAMES.get(value, value))
        if isinstance(value, list):
            return ", ".join(str(_choices(field).get(each, each)) for each in value)
        return str(_choices(field).get(value) or _plain(value))

    def _name(self, model: type[Model], pk: Any) -> str:
        if (model, pk) not in self._names:
            rows = visible_people(self._actor) if model is Person else model.objects
            found = rows.filter(pk=pk).first()
            self._names[model, pk] = _called(found) if found else _("afgeschermd")
        return self._names[model, pk]


def _choices(field: Field) -> dict:
    """Of a list these are the choices of what is in it."""
    return dict(getattr(field, "base_field", field).flatchoices)


def _called(found: Model) -> str:
    if isinstance(found, User):
        return found.get_full_name() or found.username
    named = getattr(found, "name", "") or getattr(found, "slug", "")
    return str(named or _("nummer %(number)s") % {"number": found.pk})


def _plain(value: object) -> str:
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y H:i")
        case date():
            return date_format(value, "j F Y")
    return str(value)
