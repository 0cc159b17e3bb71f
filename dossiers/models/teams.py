"""What two teams on one case show each other, and what they say about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.models import Organisation
from routing.models import Case


class AboutField(models.Model):
    """Said by somebody, at a moment, about one field of the record of a kind of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    record_kind = models.CharField(max_length=3, choices=Organisation.RecordKind.choices)
    field = models.SlugField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case}: {self.record_kind}.{self.field}"


class SharingChoice(AboutField):
    """Whether the keeper of a record shows a field to others; the last row holds. Rows are only ever added."""

    shared = models.BooleanField()
    reason = models.TextField(blank=True, help_text="why it is kept back")

    class Meta(AboutField.Meta):
        constraints = [models.CheckConstraint(condition=Q(shared=True) | ~Q(reason=""), name="kept_back_with_a_reason")]
        indexes = [models.Index(fields=["case", "record_kind", "field"], name="sharing_of_field")]


class Comment(AboutField):
    """A remark of one team on a field of the other, and what came of it: each a row of its own. Rows are only ever
    added."""

    class Act(models.TextChoices):
        REMARK = "remark", _("opmerking")
        ANSWER = "answer", pgettext_lazy("opmerking", "antwoord")
        READ = "read", pgettext_lazy("opmerking", "gelezen")
        RESOLVED = "resolved", pgettext_lazy("opmerking", "afgehandeld")

    act = models.CharField(max_length=8, choices=Act.choices, default=Act.REMARK)
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    text = models.TextField(blank=True)

    class Meta(AboutField.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(act="remark", about__isnull=True) | (~Q(act="remark") & Q(about__isnull=False)),
                name="only_a_remark_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(act__in=["read", "resolved"]) | ~Q(text=""), name="a_remark_says_something"
            ),
        ]
