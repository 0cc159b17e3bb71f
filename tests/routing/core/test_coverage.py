"""The proof against brute force: the same gaps and the same conflicts, and every planted one found."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings

from routing.core import CATEGORIES, Cell, Facts, compile_table, prove, readable

from . import naive
from .tables import HOURS, PLACES, ZONE, agreement, directory, hours, instant, rule, service, tables

START, END = instant("2026-11-22T00:00"), instant("2028-11-22T00:00")
SAMPLES = [
    instant(wall)
    for wall in (
        "2026-11-24T10:15",
        "2026-11-24T22:00",
        "2026-11-29T01:30",
        "2026-11-29T04:00",
        "2026-12-01T12:00",
        "2026-12-24T09:00",
        "2026-12-25T10:00",
        "2027-03-26T11:00",
        "2027-05-05T12:15",
        "2028-02-29T08:29",
    )
]


def inside(cell: Cell, facts: Facts, moment: int) -> bool:
    when = any(first <= moment < last for first, last in cell.spans)
    return when and all(getattr(facts, name) in values for name, values in cell.facts.items())


def everybody(municipalities: tuple[str, ...]) -> list[Facts]:
    return [
        Facts(
            category=category, age=age, municipality=place, danger=danger, provider="", related=False,
            hospital=hospital, suicidal=False, dissatisfied=False, new_crisis=False,
        )
        for category, age, place, danger, hospital in product(
            CATEGORIES, (0, 11, 12, 17, 18, 22, 23, 120), municipalities, (False, True), (False, True)
        )
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(tables())
def test_finds_the_gaps_and_conflicts_that_brute_force_finds(documents):
    place, terms = documents
    proof = prove(compile_table(place, terms), START, END)
    for facts in everybody(tuple(PLACES)):
        if not naive.possible(terms, facts):
            continue
        for moment in SAMPLES:
            found = naive.matching(place, terms, facts, moment, set())
            gap = all(rule["tier"] == "safety_net" for rule, _service in found)
            tier, _service, conflict = naive.decide(place, terms, facts, moment)
            assert gap == any(inside(cell, facts, moment) for cell in proof.gaps), (facts, moment)
            assert conflict == any(inside(cell, facts, moment) for cell in proof.conflicts), (facts, moment, tier)
    assert proof.unanswered == ()


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_example_of_a_cell_is_a_case_of_it(documents):
    place, terms = documents
    proof = prove(compile_table(place, terms), START, END)
    for cell in proof.gaps + proof.conflicts:
        chosen = {name: values[0] for name, values in cell.facts.items()}
        facts = replace(everybody(("GM0001",))[0], **{"age": 5, **chosen})
        if not naive.possible(terms, facts):
            continue
        tier, service_slug, conflict = naive.decide(place, terms, facts, cell.example)
        assert START <= cell.example < END
        assert conflict or (tier, service_slug) == ("safety_net", "piket")


OFFICE = hours([[day, 510, 1020] for day in range(5)], "closed")
SERVICES = [service("dag", hours=OFFICE), service("nacht")]
RULES = [
    rule("kind", "dag", age=[0, 17]),
    rule("volwassen", "nacht", age=[18, 120]),
    rule("nacht", "nacht", after=("dag",)),
]


def proof_of(services: list[dict] = SERVICES, rules: list[dict] = RULES):
    return prove(compile_table(directory(services), agreement(rules)), START, END)


def test_a_closed_agreement_holds():
    proof = proof_of()
    assert proof.holds
    assert (proof.dead_rules, proof.without_number, proof.without_hours) == ((), (), ())


@pytest.mark.parametrize(
    ("services", "rules", "facts", "example", "why"),
    [
        (SERVICES, RULES[:2], {"age": tuple(range(18))}, "2026-11-22T00:00", "the night rule is gone"),
        (SERVICES, [RULES[0], RULES[1]], {"age": tuple(range(18))}, "2026-11-22T00:00", "children at the weekend"),
        (
            [SERVICES[0], service("nacht", area=["GM0001", "GM0002"])],
            RULES,
            {"municipality": ("GM0003",), "age": tuple(range(18, 121))},
            None,
            "a municipality outside the service's area",
        ),
        ([SERVICES[0], service("nacht", ages=[0, 79])], RULES, {"age": tuple(range(80, 121))}, None, "who is 80"),
        ([SERVICES[0], service("nacht", hours=HOURS[6])], RULES, {}, None, "a service that is never open"),
        (
            [SERVICES[0], service("nacht", categories=["ggz"])],
            RULES,
            {"category": ("somatic", "hgkm", "youth_act", "social")},
            None,
            "categories the service does not serve",
        ),
    ],
)
def test_finds_a_planted_gap(services, rules, facts, example, why):
    cells = readable(proof_of(services, rules).gaps)
    assert any(facts.items() <= cell.facts.items() for cell in cells), (why, cells)
    if example:
        assert cells[0].example == instant(example), why


def test_tells_a_gap_in_the_words_of_the_agreement():
    (cell,) = readable(proof_of(SERVICES, RULES[:2]).gaps)
    assert cell.facts == {"age": tuple(range(18))}
    assert [span for span in cell.weekly if span[0] in (0, 5)] == [(0, 0, 510), (0, 1020, 1440), (5, 0, 1440)]
    assert datetime(2026, 12, 25, tzinfo=ZONE).date() in cell.dates


def test_finds_a_planted_conflict_and_names_both_rules():
    (cell,) = readable(proof_of(SERVICES, [*RULES[1:], rule("kind", "dag", age=[0, 18])]).conflicts)
    assert cell.facts == {"age": (18,)}
    assert cell.rules == ("agreement/kind", "agreement/volwassen")
    assert naive.is_on(SERVICES[0], cell.example)


@pytest.mark.parametrize(
    ("services", "rules", "dead", "why"),
    [
        (SERVICES, [*RULES, rule("nooit", "nacht", category=["ggz"], age=[18, 120], after=("dag",))],
         ("agreement/nooit",), "another rule to the same service always gives its name"),
        ([*SERVICES, service("dicht", hours=HOURS[6])], [*RULES, rule("dicht", "dicht")], ("agreement/dicht",),
         "its service is never open"),
        (SERVICES, RULES, (), "the night rule lives by refusal and by night"),
    ],
)  # fmt: skip
def test_finds_rules_that_never_win(services, rules, dead, why):
    assert proof_of(services, rules).dead_rules == dead, why


def test_finds_services_without_number_or_hours():
    silent = service("nacht", phone=None, hours=HOURS[6])
    excused = service("dag", phone=None, no_number_because="eigen huisarts")
    proof = proof_of([excused, silent])
    assert (proof.without_number, proof.without_hours) == (("nacht",), ("nacht",))


def test_a_suspension_opens_a_gap_on_those_dates_only():
    away = service("nacht", suspensions=[["2026-12-24T18:00:00+01:00", "2026-12-25T09:00:00+01:00", "ziek"]])
    cells = readable(proof_of([SERVICES[0], away], RULES).gaps)
    (cell,) = [cell for cell in cells if not cell.weekly]
    assert [day.isoformat() for day in cell.dates] == ["2026-12-24", "2026-12-25"]


def test_a_region_answers_only_for_what_it_names_outside_its_own_municipalities():
    elsewhere = rule("buren", "nacht", category=["youth_act"], municipality=["GM0009"], age=[0, 22])
    proof = proof_of(SERVICES, [*RULES, elsewhere])
    assert {cell.facts.get("category") for cell in proof.gaps} == {("youth_act",)}
    assert all(cell.facts["municipality"] == ("GM0009",) for cell in proof.gaps)
    assert all(min(cell.facts["age"]) == 23 for cell in proof.gaps)


def test_what_is_impossible_is_left_out_of_the_proof_visibly():
    documents = (
        directory(SERVICES),
        agreement([*RULES[:1], rule("tot-23", "nacht", age=[18, 22]), RULES[2]],
                  ({"when": {"age": [23, 120]}, "because": "alleen jeugd"},)),
    )  # fmt: skip
    proof = prove(compile_table(*documents), START, END)
    assert proof.holds
    assert proof.impossible == ("alleen jeugd",)


def test_counts_a_moment_in_the_middle_of_the_proof_window():
    only_later = [["2027-01-01T00:00:00+01:00", None, "opgeheven"]]
    proof = proof_of([SERVICES[0], service("nacht", suspensions=only_later)])
    assert all(cell.example >= instant("2027-01-01T00:00") for cell in proof.gaps)
    assert timedelta(seconds=END - proof.gaps[0].example) > timedelta(days=300)
