"""Two regions that name the same place must say the same of it: every planted disagreement is found, and no other."""

from copy import deepcopy
from itertools import product

import pytest
from hypothesis import given, settings

from routing.core import CATEGORIES, Facts, ImpossibleFacts, compile_table, decide
from routing.core.across import (
    IMPOSSIBLE,
    Disagreement,
    different_numbers,
    disagreements,
    shared_cells,
    unnamed,
    with_lines_of,
)
from routing.core.facts import FLAGS

from .tables import HOURS, agreement, directory, instant, rule, service, tables

START, END = instant("2026-11-22T00:00"), instant("2028-11-22T00:00")
BY_DAY, AT_NIGHT = instant("2026-11-24T10:15"), instant("2026-11-24T22:00")
OFFICE_HOURS = HOURS[1]
AALDUIN, BERKMEER = "GM0001", "GM0002"


def region(name: str, rules: list[dict], services: list[dict], places: dict[str, str], impossible=()) -> tuple:
    """A region's documents; its own municipalities, and the others as its rules name them."""
    return (
        {**directory(services), "region": name, "municipalities": places},
        {**agreement(rules, impossible), "region": name},
    )


def north(*rules: dict, services: tuple[dict, ...] = (), impossible=()) -> tuple:
    listed = [service("alfa"), service("beta", hours=OFFICE_HOURS), *services]
    return region("noord", list(rules), listed, {AALDUIN: "Aalduin"}, impossible)


def south(*rules: dict, services: tuple[dict, ...] = (), impossible=()) -> tuple:
    listed = [service("alfa"), service("beta", hours=OFFICE_HOURS), *services]
    return region("zuid", list(rules), listed, {BERKMEER: "Berkmeer"}, impossible)


def found_between(first: tuple, second: tuple):
    return disagreements(compile_table(*first), compile_table(*second), START, END)


YOUTH = {"category": ["youth_act"], "municipality": [AALDUIN]}
YOUNG = {**YOUTH, "age": [0, 17]}
NEVER = ({"when": {"category": ["youth_act"], "age": [23, 120]}, "because": "Jeugdwet"},)

PLANTED = [
    # first region, second region, what each answers, facts of the example, why
    (
        north(rule("jeugd", "alfa", **YOUTH)),
        south(rule("jeugd", "beta", **YOUTH), rule("jeugd-nacht", "alfa", after=("beta",), **YOUTH)),
        {"noord": "alfa", "zuid": "beta"},
        {"age": tuple(range(121))},
        "another organisation by day only",
    ),
    (
        north(rule("jeugd", "alfa", **YOUTH)),
        south(rule("jeugd", "alfa", **YOUNG)),
        {"noord": "alfa", "zuid": "regie"},
        {"age": tuple(range(18, 121))},
        "one of them forgot the adults",
    ),
    (
        north(rule("jeugd", "alfa", **YOUTH), impossible=NEVER),
        south(rule("jeugd", "alfa", **YOUTH)),
        {"noord": IMPOSSIBLE, "zuid": "alfa"},
        {"age": tuple(range(23, 121))},
        "impossible here, an answer there",
    ),
    (
        north(rule("jeugd", "alfa", **YOUTH)),
        south(rule("jeugd", "alfa", hospital=False, **YOUTH)),
        {"noord": "alfa", "zuid": "regie"},
        {"age": tuple(range(121)), "hospital": (True,)},
        "only with a fact that the other does not ask",
    ),
    (
        north(rule("jeugd", "alfa", **YOUTH), services=(service("delta", own_client_line=True),)),
        south(rule("jeugd", "alfa", **YOUTH), services=(service("delta", own_client_line=True, hours=OFFICE_HOURS),)),
        {"noord": "delta", "zuid": "alfa"},
        {"age": tuple(range(121)), "provider": ("delta",), "related": (True,)},
        "the same line for own clients, with other hours",
    ),
]


@pytest.mark.parametrize(("first", "second", "outcomes", "facts", "why"), PLANTED, ids=[each[-1] for each in PLANTED])
def test_a_planted_disagreement_is_found_with_an_example(first, second, outcomes, facts, why):
    [found] = found_between(first, second)

    assert found.facts == {"category": ("youth_act",), "municipality": (AALDUIN,), **facts}
    assert found.outcomes == outcomes
    assert example_of(found, [compile_table(*first), compile_table(*second)]) == outcomes


def test_regions_that_say_the_same_in_other_words_agree():
    first = north(rule("jeugd", "alfa", **YOUTH))
    second = south(rule("jong", "alfa", **YOUNG), rule("oud", "alfa", **YOUTH, age=[18, 120]))

    assert found_between(first, second) == ()


def test_a_place_that_only_one_of_them_names_is_no_disagreement():
    first, second = north(rule("jeugd", "alfa", category=["youth_act"])), south(rule("ggz", "beta", category=["ggz"]))

    assert shared_cells(compile_table(*first), compile_table(*second)) == []
    assert found_between(first, second) == ()


@settings(max_examples=40)
@given(tables(), tables())
def test_brute_force_finds_a_disagreement_where_the_proof_does(one, other):
    second = deepcopy(other)
    second[0]["region"] = second[1]["region"] = "buurregio"
    lines = [[each for each in place["services"] if each["own_client_line"]] for place, _terms in (one, second)]
    pair = (
        compile_table(with_lines_of(one[0], lines[1]), one[1]),
        compile_table(with_lines_of(second[0], lines[0]), second[1]),
    )

    found = disagreements(*pair, START, END)

    assert all(example_of(each, pair) == each.outcomes for each in found)
    cells = {(each.facts["municipality"][0], each.facts["category"][0]) for each in found}
    for place, category in shared_cells(*pair):
        people = everybody(place, category, [str(each) for each in pair[0].provider])
        differs = any(answer(pair[0], who, at) != answer(pair[1], who, at) for who in people for at in SAMPLES)
        assert (place, category) in cells or not differs


SAMPLES = (BY_DAY, AT_NIGHT, instant("2026-12-24T09:00"), instant("2027-05-05T12:15"))


def example_of(found: Disagreement, pair) -> dict[str, str | None]:
    """What each region answers somebody whom a disagreement is about, at its example moment."""
    somebody = {name: values[0] for name, values in found.facts.items()}
    facts = Facts(**{"provider": "", **dict.fromkeys(FLAGS, False), **somebody})
    return {table.agreement.region: answer(table, facts, found.example) for table in pair}


def answer(table, facts: Facts, moment: int) -> str | None:
    try:
        return decide(table, facts, moment).organisation
    except ImpossibleFacts:
        return IMPOSSIBLE


def everybody(place: str, category: str, providers: list[str]) -> list[Facts]:
    unmoved = {"danger": False, "suicidal": False, "dissatisfied": False, "new_crisis": False}
    return [
        Facts(category, age, None, place, provider=provider, related=related, hospital=hospital, **unmoved)
        for age, provider, related, hospital in product((0, 12, 18, 23), providers, (False, True), (False, True))
    ]


# --- What no region names, and numbers ----------------------------------------------------------------


def test_a_category_that_nobody_names_is_told_per_municipality():
    named = compile_table(*north(rule("alles", "alfa", category=["ggz", "hgkm", "somatic", "social"])))
    young = compile_table(*south(rule("jeugd", "alfa", **YOUTH)))

    assert unnamed([named, young], [AALDUIN]) == {}
    assert unnamed([named], [AALDUIN, BERKMEER]) == {AALDUIN: ("youth_act",), BERKMEER: CATEGORIES}


def test_a_service_with_two_numbers_is_named_with_both():
    first, _rules = north()
    second = deepcopy(south()[0])
    second["services"][2]["phone"]["number"] = "+31720000101"

    [found] = different_numbers([first, second])

    assert (found.service, found.kind) == ("alfa", "phone")
    assert found.numbers == {"noord": "+31230000101", "zuid": "+31720000101"}
    assert different_numbers([first, south()[0]]) == ()


# --- Own clients across the region ----------------------------------------------------------------------


def test_a_line_that_is_lent_answers_own_clients_and_nobody_else():
    lent = service("delta", own_client_line=True)
    place, terms = north(rule("jeugd", "alfa", **YOUTH))
    table = compile_table(with_lines_of(place, [lent]), terms)
    client = {**dict.fromkeys(FLAGS, False), "category": "youth_act", "municipality": AALDUIN, "age": 15}
    client["provider"] = "delta"

    assert decide(table, Facts(**client | {"related": True}), BY_DAY).organisation == "delta"
    assert decide(table, Facts(**client), BY_DAY).organisation == "alfa"


def test_the_regions_own_line_goes_before_a_lent_one():
    own = service("delta", own_client_line=True, answered_by="hier")
    place, _terms = north(services=(own,))

    assert with_lines_of(place, [service("delta", own_client_line=True, answered_by="daar")]) == place


def test_a_service_that_is_listed_without_its_line_keeps_its_own_entry():
    place, _terms = north(services=(service("delta", answered_by="hier"),))

    lent = with_lines_of(place, [service("delta", own_client_line=True, answered_by="daar")])

    [delta] = [each for each in lent["services"] if each["slug"] == "delta"]
    assert (delta["own_client_line"], delta["answered_by"]) == (True, "hier")
