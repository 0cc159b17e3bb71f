"""Coded reasons: why another service was chosen than the answer says, and why a call was no report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChosenReason(TextChoices):
    NOT_KNOWABLE = "not_knowable", _("niet te achterhalen, dit past het best")
    MIXED_PICTURE = "mixed_picture", _("gemengd beeld: dit weegt het zwaarst")
    AGREED = "agreed", _("afgesproken met deze organisatie")
    KNOWN_THERE = "known_there", _("daar al bekend of betrokken")
    OTHER = "other", _("anders, namelijk")


class NoReportReason(TextChoices):
    WRONG_NUMBER = "wrong_number", _("verkeerd verbonden")
    SILENT = "silent", _("stil gesprek")
    JOKE = "joke", _("grap of misbruik")
    TEST = "test", _("testgesprek")
    OTHER = "no_report_other", _("anders geen melding")
