"""The citizen service number (BSN), apart from everything else that is kept of a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dossiers.core import masked

from .people import Person


class CitizenNumber(models.Model):
    """A BSN that passed the eleven test. A correction ends the row and adds one, so this is its own history: no
    generic history table, log or search key holds the number."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="citizen_numbers")
    number = models.CharField(max_length=9)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(ended_at__isnull=True), name="a_bsn_is_one_person"),
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="a_person_has_one_bsn"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} {self.masked}"

    def __repr__(self) -> str:
        return f"<CitizenNumber: {self}>"

    @property
    def masked(self) -> str:
        return masked(self.number)
