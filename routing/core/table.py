"""The agreement compiled to bit masks: one bit a rule, the first tier highest, so that deciding is a handful of ANDs.

The bits of a mask are, from high to low: the rules in tier order (within a tier those without `after` first),
then what is impossible, then what to do in addition. So the highest bit that is left names the rule that wins.
A fact value maps to the mask of everything it allows.
Time maps to a *regime*: which services are on. Few regimes occur, so each has its rule mask ready.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from typing import Any, Final
from zoneinfo import ZoneInfo

from .facts import CATEGORIES, FLAGS, NO_PROVIDER, OLDEST, Facts, Unknown, age_on
from .hours import answered, known, transitions
from .rules import (
    OWN_PROVIDER,
    RECORDED,
    TIERS,
    Addition,
    Agreement,
    Condition,
    Document,
    Rule,
    Service,
    read_agreement,
)

HOUR: Final = 3600


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A rule for one destination; an `own_provider` rule becomes a line per organisation with own clients.

    `refusal` is the bit that goes off when its service refuses, none for one that cannot; `outcome` what `winner` says.
    """

    rule: Rule
    service: Service | None
    provider: str | None = None
    refusal: int = 0
    organisation: str | None = field(init=False)
    outcome: tuple[str | None, str] = field(init=False)

    def __post_init__(self) -> None:
        organisation = self.service.organisation if self.service else None
        object.__setattr__(self, "organisation", organisation)
        object.__setattr__(self, "outcome", (organisation, self.rule.name))


@dataclass(frozen=True, slots=True)
class Extra:
    """An addition for one organisation; one for the own provider becomes an extra per such organisation."""

    addition: Addition
    organisation: str
    provider: str | None = None


class Places(dict[object, int]):
    """Masks by municipality code. A place that nothing names allows what holds everywhere; an unknown is no place."""

    def __init__(self, masks: dict[object, int], elsewhere: int) -> None:
        super().__init__(masks)
        self.elsewhere = elsewhere

    def __missing__(self, code: object) -> int:
        if isinstance(code, Unknown):
            raise KeyError(code)
        return self.elsewhere


@dataclass(slots=True)
class Table:
    """A compiled agreement: read-only after `compile_table`, safe to share between threads."""

    agreement: Agreement
    services: dict[str, Service]
    duty: Service
    lines: tuple[Line, ...]
    extras: tuple[Extra, ...]
    category: dict[object, int]
    age: dict[object, int]
    municipality: Places
    provider: dict[object, int]
    flags: dict[int, int]
    category_and_flags: dict[object, dict[int, int]]
    rivals: tuple[int, ...]
    rule_bits: int
    tier_bits: dict[str, int]
    impossible_bits: int
    extra_bits: int
    zone: ZoneInfo
    answered: tuple[int, int] = (0, 0)
    bounds: tuple[int, ...] = ()
    regime_at: tuple[int, ...] = ()
    alive_at: tuple[int, ...] = ()
    start: int = 0
    regime_all_hour: tuple[int, ...] = ()
    alive_all_hour: tuple[int, ...] = ()
    by_length: tuple[tuple[int, Line | None], ...] = ()
    regimes: tuple[tuple[int, int, tuple[int, ...]], ...] = ()
    _alive: dict[int, int] = field(default_factory=dict)
    bit_of: dict[str, int] = field(default_factory=dict)

    def alive(self, regime: int) -> int:
        """The mask of lines that count while exactly these services (bits in directory order) are on."""
        mask = self._alive.get(regime)
        if mask is None:
            mask = self._alive[regime] = self._count(regime)
        return mask

    def _count(self, regime: int) -> int:
        mask = self.impossible_bits | self.extra_bits
        for number, line in enumerate(self.lines):
            is_on = line.service is None or regime & self.bit_of[line.service.slug]
            if is_on and not any(regime & self.bit_of[slug] for slug in line.rule.after):
                mask |= self.bit(number)
        return mask

    def bit(self, number: int) -> int:
        """The bit of a line by its number."""
        return 1 << len(self.by_length) - 2 - number

    def on_at(self, moment: int) -> int:
        """Which services are on at a moment (epoch seconds), as bits in directory order; some always are."""
        hour = self.regime_all_hour[(moment - self.start) // HOUR]
        return hour or self.regime_at[bisect_right(self.bounds, moment) - 1]

    def off_bits(self, slugs: Iterable[str]) -> int:
        """The bits of the services that can refuse among these; emergency and safety net never do."""
        known = (self.services[slug] for slug in set(slugs) if slug in self.services)
        return sum(self.bit_of[service.slug] for service in known if not service.never_off)

    def lines_in(self, mask: int) -> Iterator[Line]:
        """The lines of a mask, the highest tier first."""
        return (line for number, line in enumerate(self.lines) if mask & self.bit(number))

    def what_holds(self, facts: Facts, moment: int) -> int:
        """The rules that known facts allow, whatever the hour; an unknown fact restricts nothing."""
        mask = self.rule_bits
        age = facts.age if facts.born is None else age_on(facts.born, datetime.fromtimestamp(moment, self.zone).date())
        for masks, value in ((self.category, facts.category), (self.age, age), (self.provider, facts.provider)):
            mask &= masks.get(value, -1)
        if not isinstance(facts.municipality, Unknown):
            mask &= self.municipality[facts.municipality]
        for flag in FLAGS:
            value = getattr(facts, flag)
            if not isinstance(value, Unknown):
                mask &= self.flag_mask(flag, value)
        return mask

    def flag_mask(self, flag: str, value: bool) -> int:
        """Everything that one yes/no fact allows, whatever the others are."""
        bit = FLAGS.index(flag)
        return reduce(int.__or__, (mask for n, mask in self.flags.items() if bool(n >> bit & 1) == value))

    def masks_of(self, fact: str) -> frozenset[int]:
        """The distinct masks that the values of one fact can have; places are those of the region itself."""
        if fact in FLAGS:
            return frozenset(self.flag_mask(fact, value) for value in (False, True))
        if fact == "municipality":
            return frozenset(self.municipality[code] for code in self.agreement.municipalities)
        values: dict[object, int] = getattr(self, fact)
        return frozenset(values.values())

    def answers_to(self, fact: str, values: frozenset[int]) -> list[frozenset[int]]:
        """The answers a person weighs when asking for a fact; for the provider first whether there is one at all."""
        if fact != "provider":
            return [frozenset({value}) for value in values]
        nobody = frozenset({self.provider[NO_PROVIDER]})
        return [answer for answer in (nobody & values, values - nobody) if answer]

    def names(self, municipality: str, category: str) -> bool:
        """Whether the agreement itself speaks of this municipality and category."""
        mask = self.municipality[municipality] & self.category[category]
        return bool(mask & self.tier_bits["agreement"])


def compile_table(directory: Document, rules: Document) -> Table:
    """The table of a directory document and a rules document. Raises InvalidDocument."""
    agreement = read_agreement(directory, rules)
    services = {service.slug: service for service in agreement.services}
    lines = _lines(agreement, services)
    extras = _extras(agreement)
    conditions = [
        *(_effective(line, agreement) for line in lines),
        *((each.when, None) for each in agreement.impossible),
        *((each.addition.when, each.provider) for each in extras),
    ]
    below = len(agreement.impossible) + len(extras)
    places = {code for when, _provider in conditions for code in when.municipality or ()} | set(
        agreement.municipalities
    )
    providers = [service.organisation for service in agreement.services if service.own_client_line]
    category: dict[object, int] = {each: _mask(conditions, "category", each) for each in CATEGORIES}
    flags = {number: _mask(conditions, "flags", number) for number in range(1 << len(FLAGS))}
    table = Table(
        agreement=agreement,
        services=services,
        duty=services[agreement.duty_service],
        lines=lines,
        extras=extras,
        category=category,
        age={each: _mask(conditions, "age", each) for each in range(OLDEST + 1)},
        municipality=Places(
            {each: _mask(conditions, "municipality", each) for each in sorted(places)},
            _mask(conditions, "municipality", None),
        ),
        provider={each: _mask(conditions, "provider", each) for each in (NO_PROVIDER, *providers)},
        flags=flags,
        category_and_flags={each: {n: mask & flags[n] for n in flags} for each, mask in category.items()},
        rivals=tuple(_bits(_contradict(line, each) for each in lines) << below for line in lines),
        rule_bits=((1 << len(lines)) - 1) << below,
        tier_bits={tier: _bits(each.rule.tier == tier for each in lines) << below for tier in TIERS},
        impossible_bits=((1 << len(agreement.impossible)) - 1) << len(extras),
        extra_bits=(1 << len(extras)) - 1,
        zone=ZoneInfo(agreement.timezone),
    )
    winners = zip(table.rivals, lines, strict=True)
    table.by_length = (*[(-1, None)] * (below + 1), *reversed([*winners]))
    table.bit_of = {slug: 1 << number for number, slug in enumerate(services)}
    _lay_out_time(table)
    return table


def _lines(agreement: Agreement, services: dict[str, Service]) -> tuple[Line, ...]:
    bits = {slug: 0 if each.never_off else 1 << number for number, (slug, each) in enumerate(services.items())}
    lines: list[Line] = []
    for rule in agreement.rules:
        if rule.to == OWN_PROVIDER:
            own = (service for service in agreement.services if service.own_client_line)
            lines += (Line(rule, service, service.organisation, bits[service.slug]) for service in own)
        elif rule.to == RECORDED:
            lines.append(Line(rule, None))
        else:
            lines.append(Line(rule, services[rule.to], refusal=bits[rule.to]))
    return tuple(sorted(lines, key=lambda line: (TIERS.index(line.rule.tier), bool(line.rule.after), line.rule.slug)))


def _extras(agreement: Agreement) -> tuple[Extra, ...]:
    extras: list[Extra] = []
    for addition in agreement.additions:
        if addition.organisation == OWN_PROVIDER:
            own = [service.organisation for service in agreement.services if service.own_client_line]
            extras += (Extra(addition, organisation, organisation) for organisation in own)
        else:
            extras.append(Extra(addition, addition.organisation))
    return tuple(extras)


def _effective(line: Line, agreement: Agreement) -> tuple[Condition, str | None]:
    """The condition of a line; in the agreement tier its service must also serve the category, age and place."""
    when, service = line.rule.when, line.service
    if line.rule.tier != "agreement" or service is None:
        return when, line.provider
    ages = when.age or (0, OLDEST)
    places = when.municipality or agreement.municipalities
    return (
        Condition(
            category=tuple(c for c in when.category or CATEGORIES if c in service.categories),
            age=(max(ages[0], service.ages[0]), min(ages[1], service.ages[1])),
            municipality=tuple(m for m in places if not service.area or m in service.area),
            provider_known=when.provider_known,
            flags=when.flags,
        ),
        line.provider,
    )


def _mask(conditions: list[tuple[Condition, str | None]], fact: str, value: object) -> int:
    """The bits of everything that one value of a fact allows."""
    return _bits(_allows(when, own, fact, value) for when, own in conditions)


def _allows(when: Condition, own: str | None, fact: str, value: Any) -> bool:
    match fact:
        case "category":
            return when.category is None or value in when.category
        case "age":
            return when.age is None or when.age[0] <= value <= when.age[1]
        case "municipality":
            return when.municipality is None or value in when.municipality
        case "provider":
            return value == own if own is not None else not (when.provider_known and value == NO_PROVIDER)
        case _:
            return all(bool(value >> FLAGS.index(flag) & 1) == wanted for flag, wanted in when.flags)


def _bits(truths: Iterable[bool]) -> int:
    """A mask with a bit per truth, the first one highest."""
    return int("".join("1" if truth else "0" for truth in truths) or "0", 2)


def _contradict(one: Line, other: Line) -> bool:
    """Whether two lines of one tier lead to different services."""
    return one.rule.tier == other.rule.tier and one.service is not other.service


def _lay_out_time(table: Table) -> None:
    """Cuts time into stretches in which the same services are on."""
    start, end = known(table.agreement.timezone)
    table.answered = answered(table.agreement.timezone)
    switches: dict[int, int] = {start: 0}
    for points, bits in _shared_hours(table, start, end).items():
        for instant in points:
            switches[instant] = switches.get(instant, 0) ^ bits
    bounds: list[int] = []
    regimes: list[int] = []
    regime = 0
    for instant in sorted(switches):
        regime ^= switches[instant]
        if instant < end and (not regimes or regime != regimes[-1]):
            bounds.append(instant)
            regimes.append(regime)
    table.bounds, table.regime_at = tuple(bounds), tuple(regimes)
    table.alive_at = tuple(map(table.alive, regimes))
    table.start = start
    table.regime_all_hour = _by_hour(table, start, end)
    table.alive_all_hour = tuple(table.alive(each) if each else 0 for each in table.regime_all_hour)
    starts: dict[int, list[int]] = {}
    for instant, each in zip(bounds, regimes, strict=True):
        starts.setdefault(each, []).append(instant)
    table.regimes = tuple((each, table.alive(each), tuple(instants)) for each, instants in starts.items())


def _by_hour(table: Table, start: int, end: int) -> tuple[int, ...]:
    """Per hour since the start the services that are on throughout, or zero where something switches halfway."""
    hours = [0] * ((end - start) // HOUR)
    for first, last, regime in zip(table.bounds, (*table.bounds[1:], end), table.regime_at, strict=True):
        begins, ends = -((start - first) // HOUR), (last - start) // HOUR
        if begins < ends:
            hours[begins:ends] = [regime] * (ends - begins)
    return tuple(hours)


def _shared_hours(table: Table, start: int, end: int) -> dict[tuple[int, ...], int]:
    """The bits of the services per way of going on and off: most keep the same hours as others."""
    shared: dict[tuple[int, ...], int] = {}
    for service in table.agreement.services:
        points = _on_and_off(service, table.agreement.timezone, start, end)
        shared[points] = shared.get(points, 0) | table.bit_of[service.slug]
    return shared


def _on_and_off(service: Service, timezone: str, start: int, end: int) -> tuple[int, ...]:
    """The instants at which a service goes on and off: its hours, less its suspensions."""
    if service.never_off:
        return (start,)
    points = transitions(service.hours, timezone)
    if not service.suspensions:
        return points
    spans = list(zip(points[::2], points[1::2], strict=True))
    for first, last in service.suspensions:
        until = end if last is None else last
        spans = [
            part
            for opens, closes in spans
            for part in ((opens, min(closes, first)), (max(opens, until), closes))
            if part[0] < part[1]
        ]
    return tuple(instant for span in spans for instant in span)
