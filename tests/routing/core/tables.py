"""Generated agreements and facts: small enough to read when a property fails, wild enough to make it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from routing.core import CATEGORIES, NO_PROVIDER, Facts

ZONE = ZoneInfo("Europe/Amsterdam")
PLACES = {"GM0001": "Aalduin", "GM0002": "Berkmeer", "GM0003": "Clooster"}
EVERYWHERE = (*PLACES, "GM0004")
WEEK = [[day, 0, 1440] for day in range(7)]


def hours(
    weekly: list,
    on_holidays: str = "as_usual",
    *,
    good_friday: bool = False,
    liberation_day: str = "never",
    dated: tuple = (),
) -> dict:
    return {
        "weekly": weekly,
        "on_holidays": on_holidays,
        "good_friday_is_holiday": good_friday,
        "liberation_day": liberation_day,
        "dated": [list(each) for each in dated],
    }


# A fixed pool: opening hours are laid out once per process, so that thousands of tables stay quick.
HOURS = (
    hours(WEEK),
    hours([[day, 510, 1020] for day in range(5)], "closed"),
    hours([[day, 480, 1020] for day in range(5)], "closed", good_friday=True, liberation_day="lustrum"),
    hours([[d, a, b] for d in range(5) for a, b in ((0, 510), (1020, 1440))] + [[5, 0, 1440], [6, 0, 1440]], "all_day"),
    hours([[6, 60, 165], [6, 200, 300]], liberation_day="yearly"),
    hours([[2, 720, 780]], dated=(("2026-12-24", 480, 720), ("2026-12-31", None, None))),
    hours([]),
)


def service(slug: str, organisation: str = "", **changes: object) -> dict:
    return {
        "slug": slug,
        "name": slug.title(),
        "organisation": organisation or slug,
        "organisation_name": (organisation or slug).title(),
        "own_client_line": False,
        "categories": list(CATEGORIES),
        "ages": [0, 120],
        "area": [],
        "accepts_by": "desk",
        "answered_by": "de dienstdoende",
        "expect": "hulp",
        "have_ready": "",
        "phone": {"number": "+31230000101", "shown_as": "023-000 01 01"},
        "backup_phone": None,
        "no_number_because": "",
        "never_off": False,
        "hours": HOURS[0],
        "suspensions": [],
        **changes,
    }


def rule(slug: str, to: str, tier: str = "agreement", after: tuple[str, ...] = (), **when: object) -> dict:
    return {"slug": slug, "tier": tier, "when": when, "to": to, "after": list(after), "because": f"afspraak {slug}"}


def directory(services: list[dict]) -> dict:
    return {
        "region": "proefregio",
        "timezone": "Europe/Amsterdam",
        "duty_service": "piket",
        "municipalities": PLACES,
        "services": [service("112", never_off=True), service("piket", "regie", never_off=True), *services],
    }


def agreement(rules: list[dict], impossible: tuple[dict, ...] = (), also: tuple[dict, ...] = ()) -> dict:
    fixed = [
        rule("gevaar", "112", "emergency", danger=True),
        rule("klacht", "recorded", "recorded", dissatisfied=True, new_crisis=False),
        rule("eigen", "own_provider", "own_provider", related=True),
        rule("vangnet", "piket", "safety_net"),
    ]
    return {
        "region": "proefregio",
        "version": "proef",
        "valid_from": "2020-01-01",
        "rules": [*fixed, *rules],
        "also": list(also),
        "impossible": list(impossible),
    }


ages = st.tuples(st.sampled_from((0, 12, 18, 23)), st.sampled_from((11, 17, 22, 120))).filter(lambda a: a[0] <= a[1])
categories = st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True)
SLUGS = ("alfa", "beta", "gamma", "delta")


@st.composite
def services(draw: st.DrawFn, slug: str) -> dict:
    suspended = draw(st.booleans())
    return service(
        slug,
        own_client_line=draw(st.booleans()),
        categories=draw(st.just(list(CATEGORIES)) | categories),
        ages=list(draw(st.just((0, 120)) | ages)),
        area=draw(st.just([]) | st.lists(st.sampled_from(EVERYWHERE), min_size=1, unique=True)),
        hours=draw(st.sampled_from(HOURS)),
        suspensions=[["2026-11-30T18:00:00+01:00", "2026-12-02T09:15:00+01:00", "ziek"]] if suspended else [],
    )


@st.composite
def rules(draw: st.DrawFn, slug: str) -> dict:
    to = draw(st.sampled_from(SLUGS))
    when: dict[str, object] = {}
    if draw(st.booleans()):
        when["category"] = draw(categories)
    if draw(st.booleans()):
        when["age"] = list(draw(ages))
    if draw(st.booleans()):
        when["municipality"] = draw(st.lists(st.sampled_from(EVERYWHERE), min_size=1, unique=True))
    if draw(st.booleans()):
        when["hospital"] = draw(st.booleans())
    after = draw(st.lists(st.sampled_from(SLUGS), max_size=2, unique=True))
    return rule(slug, to, after=tuple(each for each in after if each != to), **when)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict, dict]:
    """A directory and a rules document, with gaps and conflicts as chance has it."""
    everything = directory([draw(services(slug)) for slug in SLUGS])
    impossible = ({"when": {"category": ["youth_act"], "age": [23, 120]}, "because": "Jeugdwet"},)
    count = draw(st.integers(0, 6))
    return everything, agreement(
        [draw(rules(f"regel-{n}")) for n in range(count)], impossible if draw(st.booleans()) else ()
    )


@st.composite
def complete_facts(draw: st.DrawFn) -> Facts:
    return Facts(
        category=draw(st.sampled_from(CATEGORIES)),
        age=draw(st.sampled_from((0, 5, 11, 12, 17, 18, 22, 23, 80, 120))),
        municipality=draw(st.sampled_from(EVERYWHERE)),
        danger=draw(st.sampled_from((False, False, False, True))),
        provider=NO_PROVIDER,
        related=draw(st.booleans()),
        hospital=draw(st.booleans()),
        suicidal=draw(st.booleans()),
        dissatisfied=draw(st.sampled_from((False, False, True))),
        new_crisis=draw(st.booleans()),
    )


def instant(wall: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(wall).replace(tzinfo=ZONE, fold=fold).timestamp())


# Around everything that moves: closing times, both nights the clock changes, holidays, the suspension.
edges = st.sampled_from(
    [
        instant(wall)
        for wall in (
            "2026-11-24T08:30",
            "2026-11-24T17:00",
            "2026-11-25T00:00",
            "2026-10-25T02:00",
            "2026-10-25T03:00",
            "2026-03-29T03:00",
            "2026-12-25T00:00",
            "2026-12-24T12:00",
            "2026-12-31T12:30",
            "2027-03-26T11:00",
            "2027-05-05T11:00",
            "2025-05-05T11:00",
            "2026-12-02T09:15",
            "2026-11-30T18:00",
            "2028-02-29T12:00",
        )
    ]
)
moments = st.builds(
    lambda edge, off: edge + off, edges, st.sampled_from((-3600, -60, -1, 0, 1, 60, 3600))
) | st.integers(instant("2020-01-01T00:00"), instant("2035-12-31T23:59"))
