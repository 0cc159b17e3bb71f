"""A made-up past with the shares that a region really sees: who is called about, how old, at what hour.

Figures: Veilig Thuis publishes its own per half year; the shares by age and hour are assumptions that fit them.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from accounts.policies import Actor
from routing.core import CATEGORIES, NO_PROVIDER, NOT_KNOWABLE, Facts
from routing.core.facts import FLAGS
from routing.core.replay import Coded
from routing.models import Decision
from routing.selectors import answer
from routing.services import record_decision

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2026, 11, 1)

SHARES = {"hgkm": 58, "ggz": 25, "youth_act": 9, "somatic": 4, "social": 4}
AGES = {(0, 3): 15, (4, 11): 30, (12, 17): 30, (18, 95): 25}
ADULTS_OF = {"ggz": 70, "somatic": 80, "social": 95}
# Per hour of the day: advice by day, police reports from 18 to 02, mental health mostly after hours.
BY_DAY = [1] * 9 + [12] * 8 + [3] * 7
IN_THE_EVENING = [8, 8, 4, 2, 1, 1, 1, 2, 3, 5, 5, 5, 5, 5, 5, 6, 6, 7, 10, 11, 12, 12, 11, 10]
AFTER_HOURS = [4, 4, 3, 3, 2, 2, 2, 3, 4, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 5]
HOURS = {"hgkm": IN_THE_EVENING, "ggz": AFTER_HOURS}
CHANCE_OF = {"danger": 4, "related": 40, "hospital": 5, "suicidal": 12, "dissatisfied": 3, "new_crisis": 50}
WITH_PROVIDER = 25
UNKNOWN = 3


def calls(
    number: int, municipalities: Sequence[str], providers: Sequence[str], seed: int = 1
) -> Iterator[tuple[Facts, datetime]]:
    """Facts and moments, the same for the same seed; a few facts cannot be known."""
    chance = random.Random(seed)
    for _call in range(number):
        category = _pick(chance, SHARES)
        facts = {
            "category": category,
            "age": _age(chance, category),
            "municipality": chance.choice(municipalities),
            "provider": chance.choice(providers) if providers and _happens(chance, WITH_PROVIDER) else NO_PROVIDER,
            **{flag: _happens(chance, percent) for flag, percent in CHANCE_OF.items()},
        }
        if _happens(chance, UNKNOWN):
            facts[chance.choice(("danger", "municipality", "suicidal"))] = NOT_KNOWABLE
        yield Facts(**facts), _moment(chance, category)


def record(actor: Actor, number: int, municipalities: Sequence[str], seed: int = 1) -> list[Decision]:
    """Decisions of that past, each answered and kept as a confirmed call is."""
    return [
        record_decision(actor, answer(actor.region_slug, facts, moment))
        for facts, moment in calls(number, municipalities, (), seed)
    ]


def coded(number: int, municipalities: Sequence[str], providers: Sequence[str], seed: int = 1) -> Coded:
    """The same shares straight as codes, for measuring: a million in a moment."""
    chance = np.random.default_rng(seed)
    shares = np.array([SHARES[category] for category in CATEGORIES]) / sum(SHARES.values())
    bands = np.array(list(AGES))[chance.choice(len(AGES), number, p=np.array(list(AGES.values())) / 100)]
    flags = sum((chance.random(number) < CHANCE_OF[flag] / 100) << bit for bit, flag in enumerate(FLAGS))
    treated = chance.random(number) < WITH_PROVIDER / 100
    span = (LAST_DAY - FIRST_DAY).days * 86400
    start = int(datetime(FIRST_DAY.year, 1, 1, tzinfo=AMSTERDAM).timestamp())
    return Coded(
        category=chance.choice(len(CATEGORIES), number, p=shares).astype(np.uint8),
        age=chance.integers(bands[:, 0], bands[:, 1] + 1).astype(np.uint8),
        municipality=chance.integers(0, len(municipalities), number).astype(np.uint16),
        flags=np.asarray(flags, np.uint8),
        provider=np.where(treated, chance.integers(1, len(providers) + 1, number), 0).astype(np.uint16),
        moment=start + chance.integers(0, span, number),
        municipalities=tuple(municipalities),
        providers=(NO_PROVIDER, *providers),
    )


def _pick(chance: random.Random, shares: dict):
    return chance.choices(list(shares), list(shares.values()))[0]


def _happens(chance: random.Random, percent: int) -> bool:
    return chance.randrange(100) < percent


def _age(chance: random.Random, category: str) -> int:
    if _happens(chance, ADULTS_OF.get(category, 0)):
        return chance.randint(18, 95)
    youngest, oldest = _pick(chance, AGES)
    return chance.randint(youngest, min(oldest, 22) if category == "youth_act" else oldest)


def _moment(chance: random.Random, category: str) -> datetime:
    day = FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days))
    hour = chance.choices(range(24), HOURS.get(category, BY_DAY))[0]
    return datetime(day.year, day.month, day.day, hour, chance.randrange(60), chance.randrange(60), tzinfo=AMSTERDAM)
