"""Two changes of one text: what is merged, what collides, and the laws that hold for any text."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import Choice, Collision, merge_choices, merge_texts, merge_value, values_collide

START = "Kind is thuis. Moeder is gebeld.\nVader weet van niets."

MERGED = [
    # base, mine, theirs, what follows without asking, why
    (START, START, START, START, "nobody changed anything"),
    (START, START + " Oma komt.", START, START + " Oma komt.", "only I did"),
    (START, START, "", "", "only they did, and emptied it"),
    (START, START + "\nOma komt.", START + "\nOma komt.", START + "\nOma komt.", "both wrote the same"),
    (
        START,
        START.replace("thuis", "bij oma"),
        START.replace("van niets", "alles"),
        "Kind is bij oma. Moeder is gebeld.\nVader weet alles.",
        "in different sentences",
    ),
    (
        "Kind is thuis.",
        "Kind is bij oma.",
        "Kind is thuis. Moeder is gebeld.",
        "Kind is bij oma. Moeder is gebeld.",
        "a change, and an addition behind it",
    ),
    (START, "Nieuw.\n" + START, START + "\nOok nieuw.", f"Nieuw.\n{START}\nOok nieuw.", "before and behind"),
    (START.replace("\n", "\r\n"), START + " Oma komt.", START, START + " Oma komt.", "a browser sends other line ends"),
    ("", "", "Tekst.", "Tekst.", "I left it empty"),
    ("Een.\n", "Een", "Een.\nTwee.", "Een\nTwee.", "they went on where I took out the line end"),
    (
        "הילד בבית. אמא כאן.",
        "הילד בחוץ. אמא כאן.",
        "הילד בבית. אמא שם.",
        "הילד בחוץ. אמא שם.",
        "from right to left",
    ),
]  # fmt: skip
COLLIDES = [
    # base, mine, theirs, the passages that collide (mine, theirs), why
    ("Kind is thuis.", "Kind is bij oma.", "Kind is op school.", [("Kind is bij oma.", "Kind is op school.")],
     "one sentence"),
    ("Vader is niet weg.", "Vader is weg.", "Vader is niet thuis.", [("Vader is weg.", "Vader is niet thuis.")],
     "word by word this would say what nobody wrote"),
    ("", "Mijn tekst.", "Hun tekst.", [("Mijn tekst.", "Hun tekst.")], "both began in an empty field"),
    (START, START + " Oma komt.", START + " Opa komt.", [(" Oma komt.", " Opa komt.")], "both added at the end"),
    (START, "", START.replace("thuis", "bij oma"), [("", "Kind is bij oma. Moeder is gebeld.\nVader weet van niets.")],
     "I took out what they changed"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "mine", "theirs", "merged", "why"), MERGED, ids=[row[4] for row in MERGED])
def test_what_does_not_collide_is_merged(base, mine, theirs, merged, why):
    merge = merge_texts(base, mine, theirs)
    assert (merge.text(), merge.collisions) == (merged, ()), why


@pytest.mark.parametrize(("base", "mine", "theirs", "passages", "why"), COLLIDES, ids=[row[4] for row in COLLIDES])
def test_what_collides_is_left_to_a_person(base, mine, theirs, passages, why):
    merge = merge_texts(base, mine, theirs)
    assert [(each.mine, each.theirs) for each in merge.collisions] == passages, why


def test_a_person_chooses_per_passage():
    merge = merge_texts("A is hier.\nB.\nC is hier.", "A is weg.\nB.\nC is weg.", "A is thuis.\nB.\nC is thuis.")
    assert merge.text((Choice.MINE, Choice.THEIRS)) == "A is weg.\nB.\nC is thuis."
    assert merge.text() == "A is thuis.\nA is weg.\nB.\nC is thuis.\nC is weg."


VALUES = [
    # base, mine, theirs, collides, what follows, why
    ("", "advice", "", False, "advice", "only I chose"),
    ("advice", "advice", "to_vt", False, "to_vt", "only they changed it"),
    ("", "advice", "advice", False, "advice", "both the same"),
    ("", "advice", "to_vt", True, "advice", "a person must say which"),
    (None, 3, 4, True, 3, "nothing is a value too"),
    (3, None, 3, False, None, "I took it out"),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "collides", "follows", "why"), VALUES)
def test_one_choice_out_of_a_few(base, mine, theirs, collides, follows, why):
    assert (values_collide(base, mine, theirs), merge_value(base, mine, theirs)) == (collides, follows), why


def test_ticked_boxes_never_collide():
    assert merge_choices(["a", "b"], ["a", "c"], ["a", "b", "d"]) == {"a", "c", "d"}


# --- Laws ----------------------------------------------------------------------------------------

SENTENCE = st.text("abc é\u0645😟", min_size=1, max_size=6).map(lambda text: f"{text}.")
PIECE = st.sampled_from(["a b.", "c d.", "e.", "f", "g h"]) | SENTENCE | st.sampled_from([" ", "\n", "\n\n"])
TEXT = st.lists(PIECE, max_size=14).map("".join)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def shown(merge) -> set[str]:
    return words(merge.text()).union(*(words(f"{each.mine} {each.theirs}") for each in merge.collisions))


@given(TEXT | st.text(), TEXT | st.text())
def test_an_unchanged_side_gives_the_other(base, changed):
    plain = changed.replace("\r\n", "\n").replace("\r", "\n")
    for merge in (merge_texts(base, changed, base), merge_texts(base, base, changed)):
        assert (merge.text(), merge.collisions) == (plain, ())


@given(TEXT, TEXT, TEXT)
def test_no_word_that_either_added_is_lost(base, mine, theirs):
    merge = merge_texts(base, mine, theirs)
    assert (words(mine) | words(theirs)) - words(base) <= words(merge.text()), "both is what stands there unasked"
    assert (words(mine) | words(theirs)) - words(base) <= shown(merge)


@given(TEXT, TEXT, TEXT)
def test_it_does_not_matter_who_was_first(base, mine, theirs):
    one, other = merge_texts(base, mine, theirs), merge_texts(base, theirs, mine)
    assert [(each.mine, each.theirs) for each in one.collisions] == [
        (each.theirs, each.mine) for each in other.collisions
    ]
    assert one.text((Choice.MINE,) * 99) == other.text((Choice.THEIRS,) * 99)


@given(TEXT, TEXT, TEXT)
def test_all_mine_keeps_every_word_of_mine_that_is_new(base, mine, theirs):
    merge = merge_texts(base, mine, theirs)
    assert words(mine) - words(base) <= words(merge.text((Choice.MINE,) * 99))


@given(TEXT, TEXT, TEXT, TEXT)
def test_a_second_conflict_loses_nothing_either(base, mine, second, third):
    """What was merged with the second text is merged again with a third that was saved in between."""
    merged = merge_texts(base, mine, second).text()
    again = merge_texts(second, merged, third)
    assert words(mine) - words(base) - words(second) <= shown(again) | (words(mine) & words(second))


WHOLE = 100_000
LONG = [
    ("x" * WHOLE, "one word"),
    ("x\n" * (WHOLE // 2), "the same line over and over"),
    ("".join(f"{n}\n" for n in range(17_000))[:WHOLE], "many different lines"),
    ("a.\nb.\n" * (WHOLE // 6), "two lines in turn"),
    (" " * WHOLE, "nothing but spaces"),
    (". " * (WHOLE // 2), "nothing but sentences"),
    ("".join(f"Zin {n} over iets.\n" for n in range(6_000))[:WHOLE], "sentences of their own"),
    ("".join(f"{n % 7}.\nZin {n}.\n" for n in range(6_000))[:WHOLE], "sentences between ones that come back"),
    ("".join(f"Zin {n % 97} over iets.\n" for n in range(4_900))[:WHOLE], "sentences that come back"),
]


def test_a_report_of_which_every_other_line_changed_is_merged_within_a_second():
    lines = [f"Regel {n}." for n in range(8_000)]
    mine = [f"Mijn {n}." if n % 2 else line for n, line in enumerate(lines)]
    theirs = [line if n % 2 else f"Hun {n}." for n, line in enumerate(lines)]
    began = time.process_time()
    merge = merge_texts("\n".join(lines), "\n".join(mine), "\n".join(theirs))
    assert time.process_time() - began < 1
    assert {"Mijn", "Hun"} <= shown(merge)


def test_a_change_at_both_ends_of_a_whole_report_leaves_its_middle_alone():
    lines = [f"Zin {n} over iets." for n in range(4_000)]
    base = "\n".join(lines)
    merge = merge_texts(base, f"Mijn.\n{base}\nOok mijn.", base.replace("Zin 2000 over", "Zin 2000 van hen over"))
    assert merge.collisions == ()
    assert "Zin 2000 van hen over iets." in merge.text()


@pytest.mark.parametrize(("base", "why"), LONG, ids=[row[1] for row in LONG])
def test_a_whole_report_is_merged_within_a_second(base, why):
    began = time.process_time()
    middle = WHOLE // 2
    merge = merge_texts(base, f"Mijn begin.\n{base}", f"{base[:middle]}\nHun midden.\n{base[middle::2]}\nHun eind.")
    assert time.process_time() - began < 1, why
    assert {"Mijn", "begin", "Hun", "eind"} <= shown(merge)
    assert all(isinstance(each, Collision) for each in merge.collisions)
