"""The pages of a case, in the order in which people need them."""

from django import template
from django.utils.translation import gettext_lazy as _

from routing.models import Case

register = template.Library()

TABS = (
    ("case", _("Overzicht")),
    ("icd-record", _("ICD-notitie")),
    ("case-vt", _("Veilig Thuis")),
    ("records", _("Naast elkaar")),
    ("case-people", _("Mensen")),
    ("case-timeline", _("Tijdlijn")),
    ("case-terms", _("Termijnen")),
    ("case-actions", _("Acties")),
    ("case-tasks", _("Taken")),
    ("case-professionals", _("Professionals")),
    ("case-measures", _("Maatregelen")),
    ("case-disclosures", _("Delen")),
    ("case-lead", _("Regie")),
    ("case-history", _("Geschiedenis")),
)
# A page that is there once its record is.
OF_RECORD = {"icd-record": "icdrecord", "case-vt": "vtrecord"}


@register.filter
def tabs(case: Case) -> list[tuple[str, str]]:
    """(name of the address, label)."""
    return [tab for tab in TABS if tab[0] not in OF_RECORD or hasattr(case, OF_RECORD[tab[0]])]
