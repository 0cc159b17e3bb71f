"""An independent evaluator: reads the documents literally, minute by minute, without masks or precomputed time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from routing.core import Facts

TIERS = ["emergency", "recorded", "own_provider", "agreement", "safety_net"]
ZONE = ZoneInfo("Europe/Amsterdam")


def easter(year: int) -> date:
    """Easter Sunday by Butcher's rule."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def public_holidays(year: int) -> set[date]:
    """Dutch public holidays, without Good Friday and 5 May: those are a matter of policy."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= timedelta(days=1)
    return {
        date(year, 1, 1),
        sunday,
        sunday + timedelta(days=1),
        kings_day,
        sunday + timedelta(days=39),
        sunday + timedelta(days=49),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }


def is_holiday(day: date, hours: dict) -> bool:
    if day in public_holidays(day.year):
        return True
    if hours["good_friday_is_holiday"] and day == easter(day.year) - timedelta(days=2):
        return True
    if (day.month, day.day) != (5, 5):
        return False
    return hours["liberation_day"] == "yearly" or (hours["liberation_day"] == "lustrum" and day.year % 5 == 0)


def is_on(service: dict, moment: int) -> bool:
    """Whether a service is on: never off, or its wall clock lies in an interval and nobody diverted it."""
    if service["never_off"]:
        return True
    for start, end, _reason in service["suspensions"]:
        if datetime.fromisoformat(start).timestamp() <= moment and (
            end is None or moment < datetime.fromisoformat(end).timestamp()
        ):
            return False
    wall = datetime.fromtimestamp(moment, ZONE)
    minute, hours = wall.hour * 60 + wall.minute, service["hours"]
    dated = [(opens, closes) for day, opens, closes in hours["dated"] if day == wall.date().isoformat()]
    if dated:
        return any(opens is not None and opens <= minute < closes for opens, closes in dated)
    if hours["on_holidays"] != "as_usual" and is_holiday(wall.date(), hours):
        return hours["on_holidays"] == "all_day"
    return any(day == wall.weekday() and opens <= minute < closes for day, opens, closes in hours["weekly"])


def holds(when: dict, facts: Facts, municipalities: dict | None) -> bool:
    if "category" in when and facts.category not in when["category"]:
        return False
    if "age" in when and not when["age"][0] <= facts.age <= when["age"][1]:
        return False
    if "municipality" in when and facts.municipality not in when["municipality"]:
        return False
    if "municipality" not in when and municipalities is not None and facts.municipality not in municipalities:
        return False
    if "provider" in when and facts.provider == "":
        return False
    related = facts.related is True and facts.provider != ""
    values = {
        "danger": facts.danger,
        "related": related,
        "hospital": facts.hospital,
        "suicidal": facts.suicidal,
        "dissatisfied": facts.dissatisfied,
        "new_crisis": facts.new_crisis,
    }
    return all(values[flag] == wanted for flag, wanted in when.items() if flag in values)


def matching(
    directory: dict, rules: dict, facts: Facts, moment: int, refused: set[str]
) -> list[tuple[dict, str | None]]:
    """Every rule that counts, with the service it leads to (None: recorded)."""
    services = {service["slug"]: service for service in directory["services"]}

    def counts(slug: str) -> bool:
        service = services[slug]
        return is_on(service, moment) and (slug not in refused or service["never_off"])

    def lines(rule: dict) -> list[dict]:
        if rule["to"] == "own_provider":
            return [s for s in services.values() if s["own_client_line"] and s["organisation"] == facts.provider]
        return [services[rule["to"]]]

    found: list[tuple[dict, str | None]] = []
    for rule in rules["rules"]:
        agreed = rule["tier"] == "agreement"
        own = directory["municipalities"] if agreed else None
        if not holds(rule["when"], facts, own) or any(counts(slug) for slug in rule["after"]):
            continue
        if rule["to"] == "recorded":
            found.append((rule, None))
            continue
        on = [service for service in lines(rule) if counts(service["slug"])]
        found += [(rule, service["slug"]) for service in on if not agreed or serves(service, facts)]
    return found


def serves(service: dict, facts: Facts) -> bool:
    return (
        facts.category in service["categories"]
        and service["ages"][0] <= facts.age <= service["ages"][1]
        and (not service["area"] or facts.municipality in service["area"])
    )


def possible(rules: dict, facts: Facts) -> bool:
    return not any(holds(each["when"], facts, None) for each in rules["impossible"])


def decide(directory: dict, rules: dict, facts: Facts, moment: int, refused: set[str] = frozenset()) -> tuple:
    """(tier, service slug or None, conflict?) by looking at every rule."""
    found = matching(directory, rules, facts, moment, set(refused))
    tier = min((rule["tier"] for rule, _service in found), key=TIERS.index)
    destinations = {service for rule, service in found if rule["tier"] == tier}
    if len(destinations) == 1:
        return tier, destinations.pop(), False
    return "safety_net", directory["duty_service"], True


def next_best(directory: dict, rules: dict, facts: Facts, moment: int) -> list[str]:
    """The services that follow, deciding again with each refusing one off."""
    tier, service, _conflict = decide(directory, rules, facts, moment)
    if tier in ("emergency", "recorded"):
        return []
    followers, refused = [], set()
    while service != directory["duty_service"]:
        refused.add(service)
        _tier, service, _conflict = decide(directory, rules, facts, moment, refused)
        followers.append(service)
    return followers
