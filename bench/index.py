"""The floor: a dict + bisect index made by hand for the bench table, as somebody who knew it would write it."""

from bisect import bisect_right
from collections.abc import Callable

from routing.core import Facts, Table

from .tables import cells, served_by

Outcome = tuple[str | None, str]


def hand_made(table: Table) -> Callable[[Facts, int], Outcome]:
    danger: Outcome = ("alarm", "emergency/danger")
    complaint: Outcome = (None, "recorded/complaint")
    own: dict[object, tuple[int, Outcome]] = {
        service.organisation: (table.bit_of[service.slug], (service.organisation, "own_provider/own"))
        for service in table.agreement.services
        if service.own_client_line
    }
    by_place: dict[tuple[object, object], tuple[list[int], list[tuple[int, Outcome, Outcome]]]] = {}
    for number, (category, (youngest, _oldest), places) in enumerate(cells()):
        day, night = served_by(number)
        row = (table.bit_of[day], (day, f"agreement/day-{number}-0"), (night, f"agreement/night-{number}-0"))
        for place in places:
            ages, rows = by_place.setdefault((category, place), ([], []))
            at = bisect_right(ages, youngest)
            ages.insert(at, youngest)
            rows.insert(at, row)
    bounds, on_at = table.bounds, table.regime_at

    def decide(facts: Facts, moment: int) -> Outcome:
        if facts.danger:
            return danger
        if facts.dissatisfied and not facts.new_crisis:
            return complaint
        on = on_at[bisect_right(bounds, moment) - 1]
        if facts.related and facts.provider:
            bit, outcome = own[facts.provider]
            if on & bit:
                return outcome
        ages, rows = by_place[facts.category, facts.municipality]
        bit, by_day, by_night = rows[bisect_right(ages, facts.age) - 1]  # type: ignore[type-var]
        return by_day if on & bit else by_night

    return decide
