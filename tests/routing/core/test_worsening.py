"""What a change made worse, against asking every fact and moment one by one."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from routing.core import Cell
from routing.core.worsening import overlap, worsened

AGES = range(4)
CATEGORIES = ("ggz", "hgkm")
MOMENTS = range(6)

some = st.sets(st.sampled_from(AGES), min_size=1)
spans = st.sets(st.sampled_from(MOMENTS), min_size=1).map(lambda found: tuple((m, m + 1) for m in sorted(found)))


@st.composite
def cells(draw) -> Cell:
    facts = {}
    if draw(st.booleans()):
        facts["age"] = tuple(draw(some))
    if draw(st.booleans()):
        facts["category"] = (draw(st.sampled_from(CATEGORIES)),)
    found = draw(spans)
    return Cell(facts, found, (), (), found[0][0], draw(st.sampled_from([(), ("agreement/a", "agreement/b")])))


def points(cell: Cell) -> set:
    moments = {moment for first, last in cell.spans for moment in range(first, last)}
    # A cell without an age is about every age, also about those that no cell names.
    ages = cell.facts.get("age", (*AGES, "another"))
    categories = cell.facts.get("category", (*CATEGORIES, "another"))
    return {(*point, cell.rules) for point in product(ages, categories, moments)}


@given(st.lists(cells(), max_size=4), st.lists(cells(), max_size=4))
def test_a_cell_is_worse_when_a_single_point_of_it_was_not_wrong(before, after):
    old = set().union(*map(points, before))
    assert worsened(before, after) == tuple(cell for cell in after if points(cell) - old)


@given(cells(), cells())
def test_two_cells_overlap_where_they_share_a_point(one, other):
    assert overlap(one, other) == bool(points(one) & points(other))


@given(st.lists(cells(), max_size=4))
def test_nothing_is_worse_than_itself(found):
    assert worsened(found, found) == ()
