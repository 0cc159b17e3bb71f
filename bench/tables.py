"""The table that all engines decide: 60 rules, their 800-rule twin of identical meaning, and 10,000 distinct cases."""

import random
from datetime import datetime
from zoneinfo import ZoneInfo

from routing.core import CATEGORIES, NO_PROVIDER, Facts

AGES = ((0, 11), (12, 17), (18, 120))
PLACES = [f"GM{number:04}" for number in range(1, 21)]
GROUPS = (PLACES[:8], PLACES[8:])
WEEK = [[day, 0, 1440] for day in range(7)]
OFFICE = ([day, 510, 1020] for day in range(5))
HOURS = (
    {"weekly": list(OFFICE), "on_holidays": "closed"},
    {"weekly": [[day, 480, 1020] for day in range(5)], "on_holidays": "closed"},
    {"weekly": [[day, 540, 1320] for day in range(6)], "on_holidays": "as_usual"},
    {"weekly": WEEK, "on_holidays": "as_usual"},
)
FIRST = int(datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())
LAST = int(datetime(2030, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())


def _service(slug: str, hours: dict, *, own: bool = False, never_off: bool = False) -> dict:
    return {
        "slug": slug,
        "name": slug,
        "organisation": slug,
        "organisation_name": slug,
        "own_client_line": own,
        "categories": list(CATEGORIES),
        "ages": [0, 120],
        "area": [],
        "accepts_by": "desk",
        "answered_by": "",
        "expect": "",
        "have_ready": "",
        "phone": {"number": "112", "shown_as": "112"},
        "backup_phone": None,
        "no_number_because": "",
        "never_off": never_off,
        "hours": {"good_friday_is_holiday": False, "liberation_day": "never", "dated": [], **hours},
        "suspensions": [],
    }


def _cells() -> list[tuple[str, tuple[int, int], list[str]]]:
    """28 disjoint cells that cover every category, age and place."""
    split = [(c, ages, group) for c in CATEGORIES[:4] for ages in AGES for group in GROUPS]
    whole = [("social", ages, PLACES) for ages in AGES[:2]]
    return [*split, *whole, *(("social", AGES[2], group) for group in GROUPS)]


def _rule(slug: str, tier: str, to: str, when: dict, after: tuple[str, ...] = ()) -> dict:
    return {"slug": slug, "tier": tier, "when": when, "to": to, "after": list(after), "because": slug}


def documents(parts: int = 1) -> tuple[dict, dict]:
    """Directory and rules: per cell a day service and a night service after it; each rule cut into `parts`."""
    services = [
        _service("alarm", HOURS[3], never_off=True),
        _service("duty", HOURS[3], never_off=True),
        *(_service(f"day-{n}", HOURS[n % 3], own=n < 4) for n in range(6)),
        *(_service(f"night-{n}", HOURS[3]) for n in range(4)),
    ]
    rules = [
        _rule("danger", "emergency", "alarm", {"danger": True}),
        _rule("complaint", "recorded", "recorded", {"dissatisfied": True, "new_crisis": False}),
        _rule("own", "own_provider", "own_provider", {"related": True}),
        _rule("net", "safety_net", "duty", {}),
    ]
    for number, (category, ages, places) in enumerate(_cells()):
        day, night = f"day-{number % 6}", f"night-{number % 4}"
        for part, some in enumerate(_cut(places, parts)):
            when = {"category": [category], "age": list(ages), "municipality": some}
            rules.append(_rule(f"day-{number}-{part}", "agreement", day, when))
            rules.append(_rule(f"night-{number}-{part}", "agreement", night, when, (day,)))
    directory = {
        "region": "bench",
        "timezone": "Europe/Amsterdam",
        "duty_service": "duty",
        "municipalities": dict(zip(PLACES, PLACES, strict=True)),
        "services": services,
    }
    also = [
        {
            "slug": "consult",
            "when": {"category": ["hgkm"], "danger": False},
            "organisation": "night-0",
            "kind": "consult",
            "obligatory": False,
        }
    ]
    return directory, {
        "region": "bench",
        "version": str(parts),
        "valid_from": "2020-01-01",
        "rules": rules,
        "also": also,
        "impossible": [],
    }


def _cut(places: list[str], parts: int) -> list[list[str]]:
    return [places] if parts == 1 else [[place] for place in places]


def cases(number: int = 10_000) -> list[tuple[Facts, int]]:
    """Facts that are all known with moments that are all different; the same every time."""
    chance = random.Random(15)  # noqa: S311
    moments = chance.sample(range(FIRST, LAST), number)
    return [(_facts(chance), moment) for moment in moments]


def _facts(chance: random.Random) -> Facts:
    provider = chance.choice((NO_PROVIDER, NO_PROVIDER, NO_PROVIDER, "day-0", "day-3"))
    return Facts(
        category=chance.choice(CATEGORIES),
        age=chance.randrange(100),
        municipality=chance.choice(PLACES),
        danger=chance.random() < 0.05,
        provider=provider,
        related=provider != NO_PROVIDER and chance.random() < 0.5,
        hospital=chance.random() < 0.2,
        suicidal=chance.random() < 0.1,
        dissatisfied=chance.random() < 0.05,
        new_crisis=chance.random() < 0.5,
    )
