"""Coded reasons: why another service was chosen than the answer says, and why a call was no report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from routing.models import Decision

# The reason stands on the decision; the desk asks it.
ChosenReason = Decision.ChosenReason


class NoReportReason(TextChoices):
    WRONG_NUMBER = "wrong_number", _("verkeerd verbonden")
    SILENT = "silent", _("stil gesprek")
    JOKE = "joke", _("grap of misbruik")
    TEST = "test", _("testgesprek")
    OTHER = "no_report_other", _("anders geen melding")
