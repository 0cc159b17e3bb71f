"""What was shared with whom, on which basis, and whether the person knows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from routing.models import Case


class Disclosure(models.Model):
    """One time that something about a case was told to somebody outside it, so that it can be shown to have been lawful
    (AVG art. 5(2)). Rows are only ever added."""

    class Basis(models.TextChoices):
        DUTY_TO_AGENCY = "duty_to_agency", _("plicht tegenover de gecertificeerde instelling (Jeugdwet art. 7.3.11)")
        RIGHT_TO_REPORT = "right_to_report", _("recht om te melden bij Veilig Thuis (Wmo 2015 art. 5.2.6)")
        TASK_OF_VEILIG_THUIS = "task_of_veilig_thuis", _("taak van Veilig Thuis (Wmo 2015 art. 4.1.1)")
        DIRECTLY_INVOLVED = "directly_involved", _("nodig voor wie direct betrokken is (Jeugdwet art. 7.3.11)")
        CONFLICT_OF_DUTIES = "conflict_of_duties", _("conflict van plichten bij acuut gevaar")
        VITAL_INTEREST = "vital_interest", _("vitaal belang (AVG art. 6 lid 1 d en 9 lid 2 c)")
        WITHOUT_NAME = "without_name", _("zonder naam: niemand is te herkennen")
        CONSENT = "consent", _("toestemming (AVG art. 6 lid 1 a en 9 lid 2 a)")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who shared")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    receiver = models.CharField(max_length=200, help_text="the organisation, and the professional")
    basis = models.CharField(max_length=30, choices=Basis.choices)
    what = models.TextField(help_text="what was told")
    necessity = models.TextField(help_text="why it was needed, and why less would not do")
    informed = models.BooleanField(help_text="whether the person knows that it was shared")
    informed_note = models.TextField(blank=True, help_text="why not, or what the person said")

    class Meta:
        ordering = ["shared_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(informed=True) | ~Q(informed_note=""), name="not_informed_is_explained")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.shared_at:%Y-%m-%d %H:%M}"
