"""The people of a case: who they are, and what each is in it."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dossiers.core import Known, keys_of
from partners.models import Municipality, Organisation
from routing.models import Case


class Person(models.Model):
    """Somebody in one or more cases; seen by who may see one of those. The BSN is kept apart (CitizenNumber)."""

    class Gender(models.TextChoices):
        FEMALE = "f", _("vrouw")
        MALE = "m", _("man")
        OTHER = "x", _("anders")

    given_name = models.CharField(max_length=100, blank=True, help_text="given names")
    infix = models.CharField(max_length=20, blank=True, help_text="tussenvoegsel: van der")
    surname = models.CharField(max_length=100, blank=True)
    birth_name = models.CharField(max_length=100, blank=True, help_text="surname at birth, when it is another")
    born = models.DateField(null=True, blank=True)
    born_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="estimated, while `born` is unknown")
    died = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=1, choices=Gender.choices, blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="E.164")
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True, help_text="1234AB")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    search_keys = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["search_keys"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(born__isnull=True) | Q(born_year__isnull=True), name="born_on_a_date_or_about_a_year"
            ),
            models.CheckConstraint(
                condition=Q(died__isnull=True) | Q(born__isnull=True) | Q(died__gte=F("born")), name="born_before_died"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]
        indexes = [GinIndex(fields=["search_keys"], name="people_by_search_key", fastupdate=False)]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """What somebody is found by follows from what is kept."""
        self.search_keys = keys_of(self.known)
        if update_fields is not None:
            update_fields = {*update_fields, "search_keys"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.given_name, self.infix, self.surname or self.birth_name)))

    @property
    def known(self) -> Known:
        """What likeness is judged by; never the BSN."""
        return Known(
            given_name=self.given_name,
            surname=self.surname,
            birth_name=self.birth_name,
            born=self.born,
            born_year=self.born_year,
            phone=self.phone,
            email=self.email,
            address=self.address,
            postcode=self.postcode,
        )


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
    recorded_for = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", help_text="who wrote it down"
    )
    note = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "role"],
                condition=Q(until__isnull=True) & ~Q(role="reporter"),
                name="one_current_role_per_person",
            ),
            # One for each organisation: a refusal would tell that somebody else's shielded reporter is this one.
            models.UniqueConstraint(
                fields=["case", "person", "recorded_for"],
                condition=Q(until__isnull=True, role="reporter"),
                name="one_current_reporter_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(shielded=False) | Q(role="reporter"), name="only_a_reporter_is_shielded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.role} {self.person_id}"
