"""That two people turned out to be one, and exactly what that changed, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from .people import Person


class PersonMerge(models.Model):
    """`other` went on as `kept`. Rows of `other` are listed by kind as they moved; what it left stays with it."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    moved = models.JSONField(default=dict, help_text="kind of row -> ids that moved, as `relation.other`")
    shielded = models.JSONField(default=list, help_text="ids of involvements of `kept` that became shielded")
    before = models.JSONField(default=dict, help_text="fields of `kept` that changed -> what stood there")
    after = models.JSONField(default=dict, help_text="the same fields -> what came to stand there")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("other")), name="two_people_are_merged"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at__isnull=True), name="a_person_is_merged_into_one"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.other_id} -> {self.kept_id}"
