"""The people of a case: who they are, and what each is in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Municipality
from routing.models import Case


class Person(models.Model):
    """Somebody in one or more cases; seen by who may see one of those."""

    given_name = models.CharField(max_length=100, blank=True)
    infix = models.CharField(max_length=20, blank=True, help_text="tussenvoegsel: van der")
    surname = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="E.164")
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True, help_text="1234AB")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.given_name, self.infix, self.surname)))


class Involvement(models.Model):
    """What a person is in a case, from when until when."""

    class Role(models.TextChoices):
        SUBJECT = "subject", _("betrokkene")
        FAMILY = "family", _("gezin of familie")
        REPORTER = "reporter", _("melder")
        OTHER = "other", _("anders")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=10, choices=Role.choices)
    shielded = models.BooleanField(default=False, help_text="a reporter whom the family must not know of")
    note = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "role"], condition=Q(until__isnull=True), name="one_current_role_per_person"
            ),
            models.CheckConstraint(
                condition=Q(shielded=False) | Q(role="reporter"), name="only_a_reporter_is_shielded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.role} {self.person_id}"
