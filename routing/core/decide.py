"""The decision: which one organisation is responsible for these facts at this moment, why, and who is next."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from typing import Final, NamedTuple

from .facts import (
    FLAGS,
    NOT_ASKED,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    Unknown,
    age_on,
    birthday,
    read_safely,
)
from .rules import Service
from .table import HOUR, Line, Table

LOOK_AHEAD_YEARS: Final = 2
SHORTEST_REACH: Final = 2 * 365 * 86400  # seconds, before anybody needs a calendar
# Nobody is asked what cannot change the answer; of equally good questions, the one about life comes first.
ASKING_ORDER: Final = (
    "danger",
    "category",
    "dissatisfied",
    "new_crisis",
    "hospital",
    "age",
    "municipality",
    "provider",
    "related",
    "suicidal",
)


class MomentOutOfRange(ValueError):
    """A moment before 2020 or after 2035."""


class NobodyResponsible(LookupError):
    """No rule at all holds, not even a safety net: the table is unfit for use."""


@dataclass(frozen=True, slots=True)
class Also:
    """What to do in addition; the duty never moves the lead."""

    organisation: str
    kind: str
    obligatory: bool
    remark: str = ""
    because: str = ""


class Decision(NamedTuple):
    """One responsible organisation, or "recorded, not routed" when `service` is None.

    `next` are the services that follow on refusal, in order, the duty lead last. `holds_until` is the instant
    (epoch seconds) at which another organisation becomes responsible, None within 24 months. `conflict` names
    the rules that contradicted each other; the safety net then answers. `assumed` names the facts that cannot
    be known and were read safely.
    """

    rule: str
    tier: str
    service: Service | None
    because: str
    also: tuple[Also, ...]
    next: tuple[Service, ...]
    holds_until: int | None
    conflict: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def organisation(self) -> str | None:
        return self.service.organisation if self.service else None


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Several organisations are still possible. `ask` names the facts that matter, the best question first.

    `held_by` is the duty lead's service when asking is over: what is missing cannot be known, so the duty lead
    holds the lead while a person picks one of the possible.
    """

    ask: tuple[str, ...]
    possible: tuple[str, ...]
    services: tuple[Service, ...]
    held_by: Service | None = None
    assumed: tuple[str, ...] = ()


def winner(table: Table, facts: Facts, moment: int) -> tuple[str | None, str]:
    """The responsible organisation (None: recorded, not routed) and the rule, for facts that are all known."""
    age = facts.age if facts.born is None else _age(table, facts.born, moment)
    mask = (
        table.category_and_flags[facts.category][facts.flags]
        & table.age[age]
        & table.municipality[facts.municipality]
        & table.provider[facts.provider]
        & (table.alive_all_hour[(moment - table.start) // HOUR] or table.alive(table.on_at(moment)))
    )
    rivals, line = table.by_length[mask.bit_length()]
    if line is None or mask & rivals:
        line = _winning_line(table, mask)
    return line.outcome


def decide(table: Table, facts: Facts, moment: int, refused: frozenset[str] = frozenset()) -> Decision | Undetermined:
    """Who is responsible at a moment (epoch seconds), when the services `refused` (slugs) have refused.

    Raises ImpossibleFacts, InvalidFact (an unknown provider, an impossible birth date) and MomentOutOfRange.
    """
    if not table.answered[0] <= moment < table.answered[1]:
        raise MomentOutOfRange(moment)
    off = table.off_bits(refused) if refused else 0
    if (case := _complete_case(table, facts, moment)) is not None:
        return _explain(table, case, moment, off)
    facts, assumed = read_safely(facts)
    return _decide_with_unknowns(table, facts, moment, off, assumed)


class _Case(NamedTuple):
    """What known facts allow, whatever the hour: apart from age, by age, and the birth date that changes it."""

    apart_from_age: int
    by_age: int
    born: date | None

    @property
    def mask(self) -> int:
        return self.apart_from_age & self.by_age


def _complete_case(table: Table, facts: Facts, moment: int) -> _Case | None:
    """What the facts allow when all of them are known, else None."""
    try:
        apart_from_age = (
            table.category_and_flags[facts.category][facts.flags]
            & table.municipality[facts.municipality]
            & table.provider[facts.provider]
        )
        by_age = table.age[facts.age if facts.born is None else _age(table, facts.born, moment)]
    except KeyError:
        return None
    return _Case(apart_from_age, by_age, facts.born)


def _age(table: Table, born: date, moment: int) -> int:
    age = age_on(born, datetime.fromtimestamp(moment, table.zone).date())
    if age not in table.age:
        raise InvalidFact("born", born)
    return age


def _winning_line(table: Table, mask: int) -> Line:
    """The line that wins; where lines contradict each other, the safety net's."""
    rivals, line = table.by_length[mask.bit_length()]
    if line is not None and mask & rivals:
        _rivals, line = table.by_length[(mask & table.tier_bits["safety_net"]).bit_length()]
    if line is None:
        raise NobodyResponsible
    return line


def winning_number(table: Table, mask: int) -> int:
    """The number in `table.lines` of the line that wins."""
    return table.lines.index(_winning_line(table, mask))


def _organisation(table: Table, mask: int) -> str | None:
    return _winning_line(table, mask).organisation


def why_impossible(table: Table, mask: int) -> str:
    length = (mask & table.impossible_bits).bit_length()
    return table.agreement.impossible[table.impossible_bits.bit_length() - length].because


# --- The explained decision ---------------------------------------------------------------


def _explain(table: Table, case: _Case, moment: int, off: int, assumed: tuple[str, ...] = ()) -> Decision:
    mask = case.apart_from_age & case.by_age
    if mask & table.impossible_bits:
        raise ImpossibleFacts(why_impossible(table, mask))
    regime = table.on_at(moment) & ~off
    matched = mask & table.alive(regime)
    rivals, line = table.by_length[matched.bit_length()]
    conflict: tuple[str, ...] = ()
    if line is None or matched & rivals:
        line, conflict = _winning_line(table, matched), conflict_in(table, matched)
    also = _additions(table, mask, line.organisation) if mask & table.extra_bits else ()
    following = _next_best(table, mask, regime, line)
    if case.born is None:
        until = _next_other(table, mask, moment, off, line.organisation, matched)
        if until is not None and not _within_reach(moment, until):
            until = None
    else:
        until = _holds_until_with_birthdays(table, case, moment, off, line.organisation)
    rule = line.rule
    return Decision(line.outcome[1], rule.tier, line.service, rule.because, also, following, until, conflict, assumed)


def conflict_in(table: Table, matched: int) -> tuple[str, ...]:
    """The rules of the highest matching tier, when they lead to different services."""
    rivals, line = table.by_length[matched.bit_length()]
    if line is None or not matched & rivals:
        return ()
    tier = matched & table.tier_bits[line.rule.tier]
    return tuple(dict.fromkeys(each.rule.name for each in table.lines_in(tier)))


def _additions(table: Table, mask: int, organisation: str | None) -> tuple[Also, ...]:
    chosen: dict[tuple[str, str], Also] = {}
    bits = mask & table.extra_bits
    while bits:
        length = bits.bit_length()
        bits ^= 1 << length - 1
        extra = table.extras[len(table.extras) - length]
        each = extra.addition
        key = (extra.organisation, each.kind)
        if extra.organisation != organisation and (key not in chosen or each.obligatory):
            chosen[key] = Also(extra.organisation, each.kind, each.obligatory, each.remark, each.because)
    return tuple(chosen.values())


def _next_best(table: Table, mask: int, regime: int, line: Line) -> tuple[Service, ...]:
    """Decides again with each refusing service off, until the duty lead: emergency and recorded never descend."""
    found: list[Service] = []
    if line.rule.tier in ("emergency", "recorded"):
        return ()
    while line.refusal:
        regime &= ~line.refusal
        matched = mask & table.alive(regime)
        rivals, following = table.by_length[matched.bit_length()]
        line = _winning_line(table, matched) if following is None or matched & rivals else following
        if line.service is not None:
            found.append(line.service)
    return tuple(found)


def _holds_until_with_birthdays(
    table: Table, case: _Case, moment: int, off: int, organisation: str | None
) -> int | None:
    """The first instant within 24 months at which opening hours or a birthday give another organisation."""
    mask, since = case.mask, moment
    for birthday_at, by_age in _birthdays_ahead(table, case.born, moment):
        change = _next_other(table, mask, since, off, organisation)
        if change is not None and change < birthday_at:
            return change if _within_reach(moment, change) else None
        mask, since = case.apart_from_age & by_age, birthday_at
        if _organisation(table, mask & table.alive(table.on_at(since) & ~off)) != organisation:
            return birthday_at
    change = _next_other(table, mask, since, off, organisation)
    return change if change is not None and _within_reach(moment, change) else None


def _within_reach(moment: int, instant: int) -> bool:
    """Whether an instant lies within 24 months."""
    return instant - moment < SHORTEST_REACH or instant <= _years_later(moment, LOOK_AHEAD_YEARS)


def _years_later(moment: int, years: int) -> int:
    then = datetime.fromtimestamp(moment, UTC)
    if (then.month, then.day) == (2, 29):
        then = then.replace(day=28)
    return int(then.replace(year=then.year + years).timestamp())


def _birthdays_ahead(table: Table, born: date | None, moment: int) -> Iterator[tuple[int, int]]:
    """The birthdays that change what the facts allow, each with what the new age allows."""
    if born is None:
        return
    age = age_on(born, datetime.fromtimestamp(moment, table.zone).date())
    while age + 1 in table.age:
        day = birthday(born, age + 1)
        instant = int(datetime(day.year, day.month, day.day, tzinfo=table.zone).timestamp())
        if not _within_reach(moment, instant):
            return
        if table.age[age] != table.age[age + 1]:
            yield instant, table.age[age + 1]
        age += 1


def _next_other(
    table: Table, mask: int, moment: int, off: int, organisation: str | None, as_now: int = -1
) -> int | None:
    """The first instant after a moment at which the services that are on give another organisation.

    `as_now` is what matches now: where the same matches, nothing needs to be worked out.
    """
    found: int | None = None
    for regime, alive, starts in table.regimes:
        matched = mask & (table.alive(regime & ~off) if off else alive)
        if matched == as_now:
            continue
        rivals, line = table.by_length[matched.bit_length()]
        if line is None or matched & rivals:
            line = _winning_line(table, matched)
        if line.organisation != organisation:
            at = bisect_right(starts, moment)
            if at < len(starts) and (found is None or starts[at] < found):
                found = starts[at]
    return found


# --- Unknown facts --------------------------------------------------------------------------


def _decide_with_unknowns(
    table: Table, facts: Facts, moment: int, off: int, assumed: tuple[str, ...]
) -> Decision | Undetermined:
    known = _known_mask(table, facts)
    age = facts.age if facts.born is None else _age(table, facts.born, moment)
    by_age = -1 if isinstance(age, Unknown) else table.age[age]
    options = _options(table, facts)
    completions = [_Case(mask, by_age, facts.born) for mask in sorted(_combinations(known, options.values()))]
    cases = [case for case in completions if not case.mask & table.impossible_bits]
    if not cases:
        raise ImpossibleFacts(why_impossible(table, completions[0].mask))
    alive = table.alive(table.on_at(moment) & ~off)
    winning = {winning_number(table, case.mask & alive) for case in cases}
    lines = [table.lines[number] for number in sorted(winning)]
    if len({line.organisation for line in lines}) == 1:
        return _certain(table, cases, moment, off, assumed)
    ask = [name for name in _that_matter(table, known & by_age, options, alive) if getattr(facts, name) is NOT_ASKED]
    services = tuple(dict.fromkeys(line.service for line in lines if line.service))
    return Undetermined(
        ask=tuple(ask),
        possible=tuple(dict.fromkeys(service.organisation for service in services)),
        services=services,
        held_by=None if ask else table.duty,
        assumed=assumed,
    )


def _known_mask(table: Table, facts: Facts) -> int:
    """What the known facts allow, apart from age; an unknown fact restricts nothing."""
    mask = -1
    if not isinstance(facts.category, Unknown):
        mask &= table.category[facts.category]
    if not isinstance(facts.municipality, Unknown):
        mask &= table.municipality[facts.municipality]
    if not isinstance(facts.provider, Unknown):
        if facts.provider not in table.provider:
            raise InvalidFact("provider", facts.provider)
        mask &= table.provider[facts.provider]
    for flag in FLAGS:
        value = getattr(facts, flag)
        if not isinstance(value, Unknown):
            mask &= table.flag_mask(flag, value)
    return mask


def _options(table: Table, facts: Facts) -> dict[str, frozenset[int]]:
    """Per unknown fact the distinct masks that its values can have."""
    options: dict[str, frozenset[int]] = {}
    for name in ASKING_ORDER:
        if isinstance(getattr(facts, name), Unknown) and not (name == "age" and facts.born is not None):
            options[name] = table.masks_of(name)
    return options


def _combinations(known: int, options: Iterable[frozenset[int]]) -> frozenset[int]:
    """The distinct masks of every completion. Few are distinct, so this stays small while facts multiply."""
    return reduce(lambda masks, values: frozenset(m & v for m in masks for v in values), options, frozenset({known}))


def _certain(table: Table, cases: list[_Case], moment: int, off: int, assumed: tuple[str, ...]) -> Decision:
    """The one outcome of every completion, explained by what holds in all of them."""
    decisions = [_explain(table, case, moment, off) for case in cases]
    first = decisions[0]
    common = reduce(int.__and__, (case.mask for case in cases))
    matched = common & table.alive(table.on_at(moment) & ~off)
    rule = next((line.rule for line in table.lines_in(matched) if line.service == first.service), None)
    return first._replace(
        rule=rule.name if rule else first.rule,
        because=rule.because if rule else first.because,
        also=_additions(table, common, first.organisation),
        next=tuple(service for service in first.next if all(service in each.next for each in decisions)),
        holds_until=min((each.holds_until for each in decisions if each.holds_until is not None), default=None),
        assumed=assumed,
    )


def additions(table: Table, facts: Facts, moment: int, organisation: str) -> tuple[Also, ...]:
    """What to do in addition when this organisation leads: a person may choose another than the rules name."""
    facts, _assumed = read_safely(facts)
    if (case := _complete_case(table, facts, moment)) is not None:
        return _additions(table, case.mask, organisation)
    age = facts.age if facts.born is None else _age(table, facts.born, moment)
    by_age = -1 if isinstance(age, Unknown) else table.age[age]
    masks = _combinations(_known_mask(table, facts) & by_age, _options(table, facts).values())
    possible = [mask for mask in masks if not mask & table.impossible_bits]
    return _additions(table, reduce(int.__and__, possible), organisation) if possible else ()


def _that_matter(table: Table, known: int, options: dict[str, frozenset[int]], alive: int) -> list[str]:
    """The unknown facts that can change the organisation, the one that leaves fewest possible first."""

    def outcomes(masks: Iterable[int]) -> set[str | None]:
        return {_organisation(table, mask & alive) for mask in masks if not mask & table.impossible_bits}

    left: dict[str, float] = {}
    for name, values in options.items():
        others = _combinations(known, [each for other, each in options.items() if other != name])
        if any(len(outcomes(mask & value for value in values)) > 1 for mask in others):
            answers = table.answers_to(name, values)
            sizes = [len(outcomes(mask & value for mask in others for value in answer)) for answer in answers]
            left[name] = sum(sizes) / len(sizes)
    return sorted(left, key=lambda name: left[name])
