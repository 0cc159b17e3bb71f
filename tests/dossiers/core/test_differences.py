"""The difference of two texts: readable, complete, and never slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core.differences import AROUND, Piece, differences

CASES = [
    # before             after                 pieces                                                  why
    ("", "", [], "nothing is no change"),
    ("", "Rustig.", [("added", "Rustig.")], "what is new came"),
    ("Rustig.", "", [("removed", "Rustig.")], "what is gone went"),
    ("Zij is boos.", "Zij is boos.", [("same", "Zij is boos.")], "the same stays"),
    ("Zij is boos.", "Zij is bang.", [("same", "Zij is "), ("removed", "boos."), ("added", "bang.")], "by the word"),
    ("a b", "a  b", [("same", "a"), ("removed", " "), ("added", "  "), ("same", "b")], "a space is a change too"),
    ("🙂 ja", "🙃 ja", [("removed", "🙂"), ("added", "🙃"), ("same", " ja")], "a sign is not cut in two"),
]


@pytest.mark.parametrize(("before", "after", "pieces", "why"), CASES)
def test_pieces(before, after, pieces, why):
    assert differences(before, after) == tuple(Piece(kind, text) for kind, text in pieces), why


def test_of_what_stayed_only_the_surroundings_are_shown():
    long = "woord " * 200
    pieces = differences(long + "oud " + long, long + "nieuw " + long)
    assert [piece.kind for piece in pieces] == ["skipped", "same", "removed", "added", "same", "skipped"]
    assert {len(piece.text) for piece in pieces if piece.kind == "same"} == {AROUND}


SHORT = st.text(max_size=120)


@given(SHORT, SHORT)
def test_without_what_went_it_is_the_new_text_and_without_what_came_the_old(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before


@pytest.mark.parametrize(
    ("before", "after"),
    [("ja nee " * 15_000, "nee ja " * 15_000), ("x" * 100_000, "y" * 100_000), ("a\n" * 50_000, "b\n" * 50_000)],
    ids=["words", "one word", "lines"],
)
def test_a_hundred_thousand_signs_take_no_second(before, after):
    began = time.process_time()
    differences(before, after)
    assert time.process_time() - began < 5
