"""Cells of the proof in the words that a covenant meeting uses."""

from datetime import date

import pytest

from routing.cells import age_ranges, cell_document, weekly_words
from routing.core import Cell, compile_table

from .core.tables import PLACES, agreement, directory, instant

TABLE = compile_table(directory([]), agreement([]))
WEEK = tuple((day, 0, 1440) for day in range(7))


@pytest.mark.parametrize(
    ("weekly", "words", "why"),
    [
        (WEEK, "altijd", "the whole week needs no days"),
        (((5, 0, 480),), "za 00:00-08:00", "one day"),
        (tuple((day, 1020, 1440) for day in range(5)), "ma-vr 17:00-24:00", "days that are alike go together"),
        (((0, 0, 510), (0, 1020, 1440)), "ma 00:00-08:30 en 17:00-24:00", "two spans on one day"),
        (((0, 0, 60), (2, 0, 60)), "ma 00:00-01:00; wo 00:00-01:00", "days apart stay apart"),
        ((), "", "only on loose dates"),
    ],
)
def test_weekly_words(weekly, words, why):
    assert weekly_words(weekly) == words, why


@pytest.mark.parametrize(("ages", "ranges"), [(range(18), [(0, 17)]), ((17, 3, 4), [(3, 4), (17, 17)]), ((), [])])
def test_age_ranges(ages, ranges):
    assert age_ranges(ages) == ranges


def test_a_gap_in_one_sentence():
    cell = Cell(
        facts={"category": ("ggz",), "municipality": ("GM0001",), "age": tuple(range(18)), "hospital": (False,)},
        spans=(),
        weekly=((5, 0, 480),),
        dates=(),
        example=instant("2026-11-28T03:00"),
    )
    document = cell_document(cell, TABLE, PLACES)
    assert document["text"] == (
        "ggz, 0-17 jaar, Aalduin, geen ziekenhuiszorg nodig, za 00:00-08:00, bijvoorbeeld 28-11-2026 03:00"
    )
    assert document["facts"]["age"] == [(0, 17)]
    assert document["example"] == "2026-11-28T03:00:00+01:00"


def test_a_gap_on_loose_dates_only():
    cell = Cell({"provider": ("", "kenter")}, (), (), (date(2026, 12, 25),), 0)
    assert "in behandeling bij niemand of kenter, op 1 losse dagen" in cell_document(cell, TABLE, PLACES)["text"]
