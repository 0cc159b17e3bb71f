"""May I share? Which legal bases may carry it and under which conditions. It advises, forbids nothing, and in danger
never sends anybody away empty-handed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Party(StrEnum):
    VEILIG_THUIS = "veilig_thuis"
    YOUTH_WORKER = "youth_worker"
    COLLEAGUE = "colleague"  # directly involved in the same help
    DOCTOR = "doctor"  # a doctor, or the GGZ: medical secrecy
    POLICE = "police"
    CHILD_PROTECTION_BOARD = "child_protection_board"
    CERTIFIED_AGENCY = "certified_agency"
    HELPER = "helper"  # a local team, a school, other help


class Basis(StrEnum):
    DUTY_TO_AGENCY = "duty_to_agency"  # Jeugdwet 7.3.11
    RIGHT_TO_REPORT = "right_to_report"  # Wmo 2015 5.2.6
    TASK_OF_VEILIG_THUIS = "task_of_veilig_thuis"  # Wmo 2015 4.1.1
    DIRECTLY_INVOLVED = "directly_involved"  # Jeugdwet 7.3.11
    CONFLICT_OF_DUTIES = "conflict_of_duties"
    VITAL_INTEREST = "vital_interest"  # AVG 6(1)(d), 9(2)(c)
    WITHOUT_NAME = "without_name"
    CONSENT = "consent"  # AVG 6(1)(a), 9(2)(a)


class Condition(StrEnum):
    ONLY_WHAT_IS_NEEDED = "only_what_is_needed"
    TELL_THE_PERSON = "tell_the_person"
    TELL_AFTERWARDS = "tell_afterwards"
    NOTHING_LEADS_TO_SOMEBODY = "nothing_leads_to_somebody"
    FREE_AND_SPECIFIC = "free_and_specific"
    NO_OTHER_WAY = "no_other_way"
    WEIGH_WITH_SOMEBODY = "weigh_with_somebody"


@dataclass(frozen=True, slots=True)
class Question:
    """`danger`: somebody's life or safety is at stake now. `order`: a supervision order holds.
    `can_consent`: the person can be asked, without new danger. `named`: it can be led back to somebody."""

    sender: Party
    receiver: Party
    danger: bool = False
    order: bool = False
    can_consent: bool = True
    named: bool = True


@dataclass(frozen=True, slots=True)
class Carrier:
    basis: Basis
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    basis: Basis
    senders: frozenset[Party]
    receivers: frozenset[Party]
    conditions: tuple[Condition, ...]
    danger: bool = False
    order: bool = False

    def carries(self, asked: Question) -> bool:
        between = asked.sender in self.senders and asked.receiver in self.receivers
        return between and asked.danger >= self.danger and asked.order >= self.order


P = Party
C = Condition
EVERYBODY: Final = frozenset(Party)
AS_AGREED: Final = (C.ONLY_WHAT_IS_NEEDED, C.TELL_THE_PERSON)
# Strongest first: what must be, what may be, what may be at a pinch.
_RULES: Final = (
    _Rule(Basis.DUTY_TO_AGENCY, EVERYBODY, frozenset({P.CERTIFIED_AGENCY}), AS_AGREED, order=True),
    _Rule(Basis.RIGHT_TO_REPORT, EVERYBODY - {P.VEILIG_THUIS}, frozenset({P.VEILIG_THUIS}), AS_AGREED),
    _Rule(Basis.TASK_OF_VEILIG_THUIS, frozenset({P.VEILIG_THUIS}), EVERYBODY, AS_AGREED),
    _Rule(
        Basis.DIRECTLY_INVOLVED,
        frozenset({P.YOUTH_WORKER, P.COLLEAGUE}),
        frozenset({P.COLLEAGUE, P.YOUTH_WORKER}),
        AS_AGREED,
    ),
    _Rule(
        Basis.CONFLICT_OF_DUTIES,
        frozenset({P.DOCTOR}),
        EVERYBODY,
        (C.NO_OTHER_WAY, C.WEIGH_WITH_SOMEBODY, C.ONLY_WHAT_IS_NEEDED, C.TELL_AFTERWARDS),
        danger=True,
    ),
    _Rule(
        Basis.VITAL_INTEREST,
        EVERYBODY,
        EVERYBODY,
        (C.NO_OTHER_WAY, C.ONLY_WHAT_IS_NEEDED, C.TELL_AFTERWARDS),
        danger=True,
    ),
)


def advise(asked: Question) -> tuple[Carrier, ...]:
    """The bases that may carry it, strongest first; never empty."""
    if not asked.named:
        return (Carrier(Basis.WITHOUT_NAME, (C.NOTHING_LEADS_TO_SOMEBODY,)),)
    found = tuple(_carriers(asked))
    # Where nothing carries it and nobody can be asked, speaking without a name is still possible.
    return found or (Carrier(Basis.WITHOUT_NAME, (C.NOTHING_LEADS_TO_SOMEBODY, C.WEIGH_WITH_SOMEBODY)),)


def _carriers(asked: Question) -> Iterator[Carrier]:
    for rule in _RULES:
        if rule.carries(asked):
            yield Carrier(rule.basis, tuple(_conditions(rule, asked)))
    if asked.can_consent:
        yield Carrier(Basis.CONSENT, (C.FREE_AND_SPECIFIC, C.ONLY_WHAT_IS_NEEDED))


def _conditions(rule: _Rule, asked: Question) -> Iterator[Condition]:
    """Who cannot be asked without danger is told afterwards."""
    for condition in rule.conditions:
        later = condition is C.TELL_THE_PERSON and (asked.danger or not asked.can_consent)
        yield C.TELL_AFTERWARDS if later else condition
