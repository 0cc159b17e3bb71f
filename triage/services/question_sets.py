"""Question sets are loaded from a region package; the one loaded last is asked."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.policies import Actor
from accounts.services import log_access
from partners.models import Region
from partners.package import digest
from triage.models import QuestionSet


@transaction.atomic
def load_question_set(actor: Actor | None, region: Region, document: dict[str, Any]) -> QuestionSet:
    """Loading the same questions again changes nothing; loading older ones again makes those the current."""
    # Two loads at once would both be the latest.
    Region.objects.select_for_update().get(pk=region.pk)
    fingerprint = digest(document)
    current = QuestionSet.objects.filter(region=region).order_by("-loaded_at", "-id").first()
    if current is not None and current.digest == fingerprint:
        return current
    loaded, is_new = QuestionSet.objects.get_or_create(
        region=region, digest=fingerprint, defaults={"document": document}
    )
    if not is_new:
        loaded.loaded_at = timezone.now()
        loaded.save(update_fields=["loaded_at"])
    log_access(actor, event="question_set.loaded", action="C", record=loaded)
    return loaded
