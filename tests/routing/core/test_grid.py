"""The coverage grid says the same as deciding: everybody stands in one row, each square answers as `winner` does."""

from itertools import product

from hypothesis import given, settings

from routing.core import CATEGORIES, NO_PROVIDER, Facts, compile_table, winner
from routing.core.facts import FLAGS
from routing.core.grid import CONFLICT, COVERED, GAP, UNANSWERED, Grid, grid

from .tables import PLACES, agreement, directory, instant, rule, service, tables

START, END = instant("2026-11-22T00:00"), instant("2027-05-22T00:00")


def rows_with(found: Grid, category: str, place: str, age: int, flags: dict[str, bool]) -> list:
    return [
        row
        for row in found.rows
        if row.people.category == category
        and place in row.people.places
        and row.people.ages[0] <= age <= row.people.ages[1]
        and all(flags[name] == value for name, value in row.people.flags)
    ]


@settings(max_examples=40)
@given(tables())
def test_every_person_stands_in_exactly_one_row(documents):
    found = grid((compile_table(*documents),), START, END)
    for category, place, age, hospital in product(CATEGORIES, PLACES, (0, 11, 12, 17, 18, 120), (False, True)):
        flags = dict.fromkeys(FLAGS, False) | {"hospital": hospital}
        assert len(rows_with(found, category, place, age, flags)) == 1


@settings(max_examples=40)
@given(tables())
def test_a_square_answers_as_a_decision_in_it(documents):
    table = compile_table(*documents)
    found = grid((table,), START, END)
    for row in found.rows:
        facts = Facts(
            category=row.people.category,
            age=row.people.ages[1],
            municipality=row.people.places[-1],
            provider=NO_PROVIDER,
            **(dict.fromkeys(FLAGS, False) | dict(row.people.flags)),
        )
        for band, (outcome,) in zip(found.bands, row.squares, strict=False):
            if outcome.state != UNANSWERED:
                assert winner(table, facts, band.example)[0] == outcome.organisation


def test_gaps_and_conflicts_are_told_apart():
    rules = [
        rule("a", "day", category=["ggz"]),
        rule("b", "day", category=["hgkm"]),
        rule("c", "other", category=["hgkm"]),
    ]
    table = compile_table(directory([service("day"), service("other")]), agreement(rules))
    states = {row.people.category: row.squares[0][0].state for row in grid((table,), START, END).rows}
    assert states == {"ggz": COVERED, "hgkm": CONFLICT, "somatic": GAP, "youth_act": GAP, "social": GAP}


def test_one_municipality_alone_shows_only_its_rows():
    rules = [rule("a", "day", category=["ggz"], municipality=["GM0001"])]
    table = compile_table(directory([service("day")]), agreement(rules))
    everywhere = [row.people.places for row in grid((table,), START, END).rows if row.people.category == "ggz"]
    alone = {row.people.places for row in grid((table,), START, END, "GM0001").rows}
    assert sorted(everywhere) == [("GM0001",), ("GM0002", "GM0003")]
    assert alone == {("GM0001",)}


def test_two_agreements_beside_each_other():
    place = directory([service("day"), service("other")])
    before, after = (
        compile_table(place, agreement([rule("a", to, category=["ggz"], age=[0, 17])])) for to in ("day", "other")
    )
    changed = [
        (row.people.category, row.people.ages, old.organisation, new.organisation)
        for row in grid((before, after), START, END).rows
        for old, new in row.squares
        if old != new
    ]
    assert changed == [("ggz", (0, 17), "day", "other")]
