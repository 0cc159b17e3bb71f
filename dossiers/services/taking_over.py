"""What one team's record begins with when the other had one: nobody types again what may be shared."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.language import house_language
from dossiers.models import Record
from dossiers.policies import KINDS, RECORD_MODELS
from dossiers.record_words import field_text
from dossiers.selectors.teams import shared_fields
from routing.models import Case, Handover

# What the first text of the other team's record is made of, in this order.
CARRIED = ("situation", "steps", "actions", "agreed", "agreements", "safety")


def record_of_other_team(model: type[Record], case: Case) -> Record | None:
    other = next(each for each in RECORD_MODELS.values() if each is not model)
    return other.objects.select_related("handover__service__organisation").filter(case=case).first()


def first_text(handover: Handover, source: Record | None) -> str:
    """What the other team shares of its record, with where it comes from; without one what was read back."""
    carried = shared_text(source) if source else ""
    if carried:
        return f"{source_line(source)}\n{carried}"
    return "\n".join(filter(None, (handover.situation, handover.background, handover.assessment, handover.request)))


def shared_text(source: Record) -> str:
    shown = shared_fields(source)
    with house_language():
        return "\n".join(filter(None, (field_text(source, name) for name in CARRIED if name in shown)))


def source_line(source: Record) -> str:
    """“Uit de ICD-notitie van ICD Kennemerland (versie 3, 24 november 2026 10:15):”."""
    with house_language():
        said = {
            "ICD": _("Uit de notitie van %(organisation)s (versie %(version)d, %(moment)s):"),
            "VT": _("Uit het dossier van %(organisation)s (versie %(version)d, %(moment)s):"),
        }[KINDS[type(source)].upper()]
        moment = date_format(localtime(), "j F Y H:i")
        organisation = source.handover.service.organisation.name
        return said % {"organisation": organisation, "version": source.version, "moment": moment}
