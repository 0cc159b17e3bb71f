"""The rules of a region package, published as they are loaded; the next ones supersede them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import Region
from partners.package import digest
from routing.models import RuleSet


class RuleSetRefused(ValueError):
    """The rules cannot be published like this; the message says in Dutch what to do."""


@transaction.atomic
def publish_package_rules(actor: Actor | None, region: Region, document: Mapping[str, Any]) -> RuleSet | None:
    """Publishes the rules when they differ from the ones last published, which they supersede.

    The first rules of a region hold from the date they name. Later ones never change the past: they hold from that date
    or from now, whichever is later. Returns the new rule set, or None when nothing changed.
    """
    if actor is not None:
        actor.must(Permission.EDIT_DIRECTORY)
    Region.objects.select_for_update().get(pk=region.pk)
    last = region.rule_sets.filter(state=RuleSet.State.PUBLISHED).order_by("valid_from", "published_at", "id").last()
    if last and last.digest == digest(document):
        return None
    now = timezone.now()
    valid_from = _start_of(document["valid_from"], region)
    if last:
        valid_from = max(valid_from, now)
        _check_succession(last, document["version"], valid_from)
    published = RuleSet.objects.create(
        region=region,
        version=document["version"],
        state=RuleSet.State.PUBLISHED,
        valid_from=valid_from,
        document=document,
        digest=digest(document),
        published_at=now,
        published_by=actor.user if actor else None,
    )
    log_access(actor, event="rule_set.published", action="C", record=published)
    return published


def _start_of(day: str, region: Region) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(region.timezone))


def _check_succession(last: RuleSet, version: str, valid_from: datetime) -> None:
    if last.region.rule_sets.filter(version=version).exists():
        raise RuleSetRefused(
            f"versie `{version}` is al gepubliceerd en verandert niet meer; geef de gewijzigde regels een nieuwe naam"
        )
    if valid_from <= last.valid_from:
        raise RuleSetRefused(
            f"versie `{last.version}` gaat pas in op {last.valid_from:%d-%m-%Y}; een volgende kan niet eerder ingaan"
        )
