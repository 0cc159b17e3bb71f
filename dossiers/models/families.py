"""How people belong together: who lives where with whom, and who is what to whom."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Municipality

from .people import Person


class Household(models.Model):
    """A door behind which people live. Somebody may live behind two, as children of separated parents do."""

    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True, help_text="1234AB")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"household {self.pk}"


class HouseholdMember(models.Model):
    """That somebody lives in a household, from which day until which, both included."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until__isnull=True), name="one_current_membership"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="lives_there_on"),
        ]

    def __str__(self) -> str:
        return f"household {self.household_id}: person {self.person_id}"


class Relation(models.Model):
    """What `person` is to `other`: the parent of, the partner of."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("ouder van")
        PARTNER = "partner", _("partner van")
        EX_PARTNER = "ex_partner", _("ex-partner van")
        SIBLING = "sibling", _("broer of zus van")
        GRANDPARENT = "grandparent", _("grootouder van")
        GUARDIAN = "guardian", _("voogd van")
        OTHER = "other", _("andere relatie met")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations_of_others")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_related_to_themselves"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="relation_ends_after_it_began",
            ),
            models.UniqueConstraint(
                Least("person", "other"),
                Greatest("person", "other"),
                "kind",
                condition=Q(until__isnull=True),
                name="one_open_relation_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} {self.kind} person {self.other_id}"


# As it is said from the other side; what is not here reads the same both ways.
SEEN_FROM_THE_OTHER = {
    Relation.Kind.PARENT: _("kind van"),
    Relation.Kind.GRANDPARENT: _("kleinkind van"),
    Relation.Kind.GUARDIAN: _("pupil van"),
}
