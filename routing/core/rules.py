"""What a region agreed: services, rules in tiers, what to do in addition, and what cannot be. Read from documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from .facts import CATEGORIES, FLAGS, OLDEST
from .hours import Hours

TIERS: Final = ("emergency", "recorded", "own_provider", "agreement", "safety_net")
OWN_PROVIDER: Final = "own_provider"
RECORDED: Final = "recorded"
PROVIDER_KNOWN: Final = "known"

Document = Mapping[str, Any]


class InvalidDocument(ValueError):
    """A directory or rules document that cannot be compiled; `key` says where."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A service as decisions use it, one object per table. `card` is its document: what only people read."""

    slug: str
    organisation: str
    own_client_line: bool
    categories: tuple[str, ...]
    ages: tuple[int, int]
    area: tuple[str, ...]
    never_off: bool
    hours: Hours
    suspensions: tuple[tuple[int, int | None], ...]
    card: Document


@dataclass(frozen=True, slots=True)
class Condition:
    """Facts that must hold. What is None does not matter; `flags` are yes/no facts by name."""

    category: tuple[str, ...] | None = None
    age: tuple[int, int] | None = None
    municipality: tuple[str, ...] | None = None
    provider_known: bool = False
    flags: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the agreement: when it holds, this service is responsible, unless one of `after` is on."""

    slug: str
    tier: str
    when: Condition
    to: str
    after: tuple[str, ...]
    because: str

    @property
    def name(self) -> str:
        return f"{self.tier}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Addition:
    """What to do besides handing over; every addition that holds counts (DMN hit policy Collect)."""

    slug: str
    when: Condition
    organisation: str
    kind: str
    obligatory: bool
    remark: str
    because: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """Facts that cannot occur together, with the region's reason."""

    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything a table is compiled from."""

    region: str
    version: str
    timezone: str
    duty_service: str
    municipalities: tuple[str, ...]
    services: tuple[Service, ...]
    rules: tuple[Rule, ...]
    additions: tuple[Addition, ...]
    impossible: tuple[Impossible, ...]


def read_agreement(directory: Document, rules: Document) -> Agreement:
    """The agreement in two documents. Raises InvalidDocument for the first thing that makes no sense."""
    services = tuple(_service(each, f"services[{n}]") for n, each in enumerate(directory["services"]))
    agreement = Agreement(
        region=directory["region"],
        version=rules["version"],
        timezone=directory["timezone"],
        duty_service=directory["duty_service"],
        municipalities=tuple(directory["municipalities"]),
        services=services,
        rules=tuple(_rule(each) for each in rules["rules"]),
        additions=tuple(_addition(each) for each in rules.get("also", ())),
        impossible=tuple(
            Impossible(_condition(each["when"], f"impossible[{n}]"), each["because"])
            for n, each in enumerate(rules.get("impossible", ()))
        ),
    )
    _check(agreement)
    return agreement


def _service(document: Document, key: str) -> Service:
    hours = document["hours"]
    return Service(
        slug=document["slug"],
        organisation=document["organisation"],
        own_client_line=document["own_client_line"],
        categories=tuple(document["categories"]),
        ages=_ages(document["ages"], key),
        area=tuple(document["area"]),
        never_off=document["never_off"],
        hours=Hours(
            weekly=tuple((weekday, opens, closes) for weekday, opens, closes in hours["weekly"]),
            on_holidays=hours["on_holidays"],
            good_friday_is_holiday=hours["good_friday_is_holiday"],
            liberation_day=hours["liberation_day"],
            dated=tuple((date.fromisoformat(day), opens, closes) for day, opens, closes in hours["dated"]),
        ),
        suspensions=tuple((_epoch(start), _epoch(end) if end else None) for start, end, *_ in document["suspensions"]),
        card=document,
    )


def _epoch(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


def _ages(ages: Sequence[int], key: str) -> tuple[int, int]:
    youngest, oldest = ages
    if not 0 <= youngest <= oldest <= OLDEST:
        raise InvalidDocument(key, f"ages {youngest}-{oldest}")
    return youngest, oldest


def _condition(when: Document, key: str) -> Condition:
    known = {"category", "age", "municipality", "provider", *FLAGS}
    if extra := set(when) - known:
        raise InvalidDocument(key, f"unknown fact {min(extra)}")
    categories = tuple(when["category"]) if "category" in when else None
    if categories is not None and (strange := set(categories) - set(CATEGORIES)):
        raise InvalidDocument(key, f"unknown category {min(strange)}")
    if when.get("provider", PROVIDER_KNOWN) != PROVIDER_KNOWN:
        raise InvalidDocument(key, "provider can only be 'known'")
    return Condition(
        category=categories,
        age=_ages(when["age"], key) if "age" in when else None,
        municipality=tuple(when["municipality"]) if "municipality" in when else None,
        provider_known="provider" in when,
        flags=tuple((flag, when[flag]) for flag in FLAGS if flag in when),
    )


def _rule(document: Document) -> Rule:
    key = f"rules.{document['slug']}"
    if document["tier"] not in TIERS:
        raise InvalidDocument(key, f"unknown tier {document['tier']}")
    return Rule(
        slug=document["slug"],
        tier=document["tier"],
        when=_condition(document["when"], key),
        to=document["to"],
        after=tuple(document.get("after", ())),
        because=document["because"],
    )


def _addition(document: Document) -> Addition:
    return Addition(
        slug=document["slug"],
        when=_condition(document["when"], f"also.{document['slug']}"),
        organisation=document["organisation"],
        kind=document["kind"],
        obligatory=document["obligatory"],
        remark=document.get("remark", ""),
        because=document.get("because", ""),
    )


def _check(agreement: Agreement) -> None:
    slugs = [service.slug for service in agreement.services]
    if len(slugs) != len(set(slugs)):
        raise InvalidDocument("services", "a slug occurs twice")
    services = set(slugs)
    if agreement.duty_service not in services:
        raise InvalidDocument("duty_service", f"no service {agreement.duty_service}")
    names = [rule.slug for rule in agreement.rules]
    if len(names) != len(set(names)):
        raise InvalidDocument("rules", "a slug occurs twice")
    for rule in agreement.rules:
        if (rule.to == OWN_PROVIDER) != (rule.tier == "own_provider"):
            raise InvalidDocument(f"rules.{rule.slug}", "own_provider is a destination of its own tier only")
        if (rule.to == RECORDED) != (rule.tier == "recorded"):
            raise InvalidDocument(f"rules.{rule.slug}", "recorded is a destination of its own tier only")
        for slug in {rule.to, *rule.after} - services - {OWN_PROVIDER, RECORDED}:
            raise InvalidDocument(f"rules.{rule.slug}", f"no service {slug}")
