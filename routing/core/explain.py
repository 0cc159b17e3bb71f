"""The full explanation of a decision: who came close and why not, which facts mattered, and what if."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from .decide import Decision, Undetermined, decide
from .facts import FLAGS, NOT_ASKED, OLDEST, Facts, ImpossibleFacts, Unknown, age_on
from .rules import Service
from .table import Line, Table

MINUTE: Final = 60
FACTS: Final = ("danger", "category", "age", "municipality", "provider", "related", "hospital", "suicidal",
                "dissatisfied", "new_crisis")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A service that the facts lead to as well. `why_not` is `closed`, `diverted`, `refused`, `after` (it stands
    after one that is on) or `tier` (a higher tier answered); `on_again` is when a closed one opens."""

    service: Service
    rule: str
    why_not: str
    on_again: int | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One fact or the time a little different: `minute_later`, `birthday` (value: the age) or `municipality`.

    `organisations` holds who would be responsible (None: recorded, not routed), or all that are still possible.
    """

    change: str
    value: str | int
    organisations: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`used` facts could have changed the outcome on their own; `irrelevant` ones could not."""

    used: tuple[str, ...]
    irrelevant: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]
    what_ifs: tuple[WhatIf, ...]


def explain(
    table: Table, facts: Facts, moment: int, decision: Decision, refused: frozenset[str] = frozenset()
) -> Explanation:
    """Explains a decision that `decide` made of these facts at this moment (epoch seconds)."""
    known = [name for name in FACTS if not isinstance(_value(facts, name), Unknown)]
    used = tuple(name for name in known if _matters(table, facts, moment, decision, refused, name))
    return Explanation(
        used=used,
        irrelevant=tuple(name for name in known if name not in used),
        passed_over=tuple(_passed_over(table, facts, moment, decision, refused)),
        what_ifs=tuple(_what_ifs(table, facts, moment, decision, refused)),
    )


def _value(facts: Facts, name: str) -> object:
    return facts.born if name == "age" and facts.born is not None else getattr(facts, name)


def _outcome(table: Table, facts: Facts, moment: int, refused: frozenset[str]) -> tuple[str | None, ...] | None:
    """Who is or can be responsible (None inside: recorded, not routed); None for facts or a moment that cannot be."""
    try:
        answer = decide(table, facts, moment, refused)
    except (ImpossibleFacts, ValueError):
        return None
    return answer.possible if isinstance(answer, Undetermined) else (answer.organisation,)


def _with(facts: Facts, name: str, value: Any) -> Facts:
    return replace(facts, born=None, age=value) if name == "age" else replace(facts, **{name: value})


def _matters(table: Table, facts: Facts, moment: int, decision: Decision, refused: frozenset[str], name: str) -> bool:
    outcomes = (_outcome(table, _with(facts, name, value), moment, refused) for value in _other_values(table, name))
    return any(outcome is not None and outcome != (decision.organisation,) for outcome in outcomes)


def _other_values(table: Table, name: str) -> Iterator[object]:
    """One value of a fact for every difference that the rules make."""
    if name in FLAGS:
        yield from (False, True)
        return
    masks: dict[object, int] = getattr(table, name)
    yield from {mask: value for value, mask in masks.items()}.values()


def _passed_over(
    table: Table, facts: Facts, moment: int, decision: Decision, refused: frozenset[str]
) -> Iterator[PassedOver]:
    """The services that would go before the responsible one but are off, then the one that follows."""
    told = {decision.service.slug if decision.service else None, table.duty.slug}
    bits = table.what_holds(facts, moment)
    tiers = [line.rule.name for line in table.lines]
    limit = tiers.index(decision.rule) if decision.rule in tiers else 0
    on = table.on_at(moment) & ~table.off_bits(refused)
    for line in table.lines_in(bits):
        service = line.service
        if service is None or service.slug in told:
            continue
        goes_before = table.lines.index(line) < limit or line.rule.tier == decision.tier
        if not on & table.bit_of[service.slug]:
            if goes_before:
                told.add(service.slug)
                yield _why_off(table, service, line, moment, refused)
        elif decision.next and service is decision.next[0]:
            told.add(service.slug)
            yield PassedOver(service, line.rule.name, "after" if line.rule.tier == decision.tier else "tier")


def _why_off(table: Table, service: Service, line: Line, moment: int, refused: frozenset[str]) -> PassedOver:
    if service.slug in refused:
        return PassedOver(service, line.rule.name, "refused")
    diverted = any(start <= moment and (end is None or moment < end) for start, end in service.suspensions)
    return PassedOver(service, line.rule.name, "diverted" if diverted else "closed", _on_again(table, service, moment))


def _on_again(table: Table, service: Service, moment: int) -> int | None:
    bit = table.bit_of[service.slug]
    starts = [
        instants[at]
        for regime, _alive, instants in table.regimes
        if regime & bit and (at := bisect_right(instants, moment)) < len(instants)
    ]
    return min(starts, default=None)


def _what_ifs(table: Table, facts: Facts, moment: int, decision: Decision, refused: frozenset[str]) -> Iterator[WhatIf]:
    later = _outcome(table, facts, moment + MINUTE, refused)
    if later is not None:
        yield WhatIf("minute_later", MINUTE, later)
    age = _age(table, facts, moment)
    if age is not None and age < OLDEST:
        older = _outcome(table, _with(facts, "age", age + 1), moment, refused)
        if older is not None:
            yield WhatIf("birthday", age + 1, older)
    if facts.municipality is NOT_ASKED:
        return
    for code in table.agreement.municipalities:
        there = _outcome(table, _with(facts, "municipality", code), moment, refused)
        if code != facts.municipality and there is not None and there != (decision.organisation,):
            yield WhatIf("municipality", code, there)


def _age(table: Table, facts: Facts, moment: int) -> int | None:
    if facts.born is not None:
        return age_on(facts.born, datetime.fromtimestamp(moment, table.zone).date())
    return None if isinstance(facts.age, Unknown) else facts.age
