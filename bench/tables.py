"""The table that all engines decide: 60 rules, their 800-rule twin, 10,000 distinct cases, and a synthetic nation."""

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


Cell = tuple[str, tuple[int, int], list[str]]


def cells() -> list[Cell]:
    """28 disjoint cells that cover every category, age and place."""
    split = [(c, ages, group) for c in CATEGORIES[:4] for ages in AGES for group in GROUPS]
    whole = [("social", ages, PLACES) for ages in AGES[:2]]
    return [*split, *whole, *(("social", AGES[2], group) for group in GROUPS)]


def served_by(number: int) -> tuple[str, str]:
    """The day service of a cell and the night service after it."""
    return f"day-{number % 6}", f"night-{number % 4}"


def _rule(slug: str, tier: str, to: str, when: dict, after: tuple[str, ...] = ()) -> dict:
    return {"slug": slug, "tier": tier, "when": when, "to": to, "after": list(after), "because": slug}


def documents(*, cut_up: bool = False) -> tuple[dict, dict]:
    """Directory and rules: per cell a day service and a night service after it. 60 rules, or cut up the same in 800."""
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
    whole = [(number, cell, 0) for number, cell in enumerate(cells())]
    for number, (category, ages, places), part in _cut_up() if cut_up else whole:
        day, night = served_by(number)
        when = {"category": [category], "age": list(ages), "municipality": places}
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
        "version": "bench",
        "valid_from": "2020-01-01",
        "rules": rules,
        "also": also,
        "impossible": [],
    }


def _cut_up() -> list[tuple[int, Cell, int]]:
    """The same cells in 398 pieces: one per place, the first of them cut by age as well."""
    pieces = [(n, (category, ages, [place])) for n, (category, ages, places) in enumerate(cells()) for place in places]
    to_halve = 398 - len(pieces)
    halves = [(n, half) for n, piece in pieces[:to_halve] for half in _by_age(piece)]
    return [(n, cell, part) for part, (n, cell) in enumerate(halves + pieces[to_halve:])]


def _by_age(cell: Cell) -> tuple[Cell, Cell]:
    category, (youngest, oldest), places = cell
    middle = (youngest + oldest) // 2
    return (category, (youngest, middle), places), (category, (middle + 1, oldest), places)


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


def nation(regions: int = 25, municipalities: int = 342) -> list[tuple[dict, dict]]:
    """As many regions as the country has, with all its municipalities: each the bench agreement for its own places."""
    codes = [f"GM{number:04}" for number in range(1, municipalities + 1)]
    found = []
    for number in range(regions):
        directory, rules = documents()
        own = codes[number::regions]
        half = len(own) // 2
        groups = {tuple(GROUPS[0]): own[:half], tuple(GROUPS[1]): own[half:], tuple(PLACES): own}
        for rule in rules["rules"]:
            places = rule["when"].get("municipality")
            rule["when"] = rule["when"] | ({"municipality": groups[tuple(places)]} if places else {})
        directory |= {"region": f"region-{number}", "municipalities": dict(zip(own, own, strict=True))}
        found.append((directory, rules))
    return found
