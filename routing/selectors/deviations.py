"""Where people chose another service than the agreement: per rule, to whom and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from accounts.policies import Actor, Permission
from partners.models import Region, Service
from routing.core import Facts, Unknown, age_on
from routing.core.learn import FEWEST, Deviation
from routing.models import Decision

PROPOSABLE = ("agreement", "safety_net")
Reason = Decision.ChosenReason


@dataclass(frozen=True, slots=True)
class Deviated:
    """One rule and the service that people chose instead. Without `rule` the answer left several possible."""

    rule: str
    service: Service
    count: int
    of: int
    reasons: list[tuple[str, int]]

    @property
    def rule_slug(self) -> str:
        return self.rule.partition("/")[2]

    @property
    def may_be_proposed(self) -> bool:
        return self.count >= FEWEST and self.rule.partition("/")[0] in PROPOSABLE


def deviations(actor: Actor, since: date, until: date) -> list[Deviated]:
    """The most frequent first; `of` is how often the rule answered in all. Raises PermissionDenied."""
    actor.must(Permission.EDIT_RULES)
    decided = _decided(actor, since, until)
    of = dict(decided.values_list("rule").annotate(Count("pk")).order_by())
    reasons: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    chosen = decided.exclude(chosen_reason="").exclude(service=None)
    for rule, service, reason, count in chosen.values_list("rule", "service", "chosen_reason").annotate(Count("pk")):
        reasons[rule, service][_label(reason)] += count
    services = Service.objects.select_related("organisation").in_bulk({service for _rule, service in reasons})
    found = (
        Deviated(rule, services[service], counted.total(), of[rule], counted.most_common())
        for (rule, service), counted in reasons.items()
    )
    return sorted(found, key=lambda each: (-each.count, each.rule, each.service.slug))


def deviating_calls(actor: Actor, rule: str, service: Service, since: date, until: date) -> list[Deviation]:
    """What is known of the calls of a rule that people sent to this service. Raises PermissionDenied."""
    actor.must(Permission.EDIT_RULES)
    chosen = _decided(actor, since, until).exclude(chosen_reason="").filter(rule=rule, service=service)
    return list(_calls(chosen, ZoneInfo(service.region.timezone)))


def _decided(actor: Actor, since: date, until: date) -> QuerySet[Decision]:
    region = Region.objects.get(pk=actor.region_id)
    zone = ZoneInfo(region.timezone)
    start, end = (datetime.combine(day, time(), zone) for day in (since, until + timedelta(days=1)))
    return Decision.objects.filter(region=region, moment__gte=start, moment__lt=end).order_by()


def _calls(chosen: QuerySet[Decision], zone: ZoneInfo) -> Iterator[Deviation]:
    for document, moment in chosen.values_list("facts", "moment"):
        facts = Facts.from_document(document)
        age = facts.age if facts.born is None else age_on(facts.born, moment.astimezone(zone).date())
        yield Deviation(
            *(None if isinstance(each, Unknown) else each for each in (facts.category, age, facts.municipality))
        )


def _label(reason: str) -> str:
    return str(Reason(reason).label) if reason in Reason.values else reason
