"""What somebody types in the street finds the category it is about, or nothing; never the wrong one with certainty."""

import pytest

from routing.vocabulary import CATEGORY_LABELS, CATEGORY_WORDS, categories_for, matches, speaks_of_danger


@pytest.mark.parametrize(
    ("typed", "categories", "why"),
    [
        ("kind geslagen", ["hgkm"], "the commonest question of the police"),
        ("kindermishandeling", ["hgkm"], "a longer word than the one listed"),
        ("misha", ["hgkm"], "half a word, while typing"),
        ("Psychóse!", ["ggz"], "capitals, accents and punctuation do not matter"),
        ("verward en dakloos", ["ggz", "social"], "both are possible: both are shown"),
        ("man verward stemmen dakloos", ["ggz"], "two words against one"),
        ("duizelig", ["somatic"], "a dizzy man is the huisarts' or the huisartsenpost's"),
        ("weggelopen puber", ["youth_act"], "a youth crisis without violence"),
        ("kind", [], "a child can be in every crisis"),
        ("me", [], "too short to say anything"),
        ("", [], "nothing typed"),
    ],
)
def test_words_find_their_category(typed, categories, why):
    assert categories_for(typed) == categories, why


@pytest.mark.parametrize(
    ("typed", "is_danger", "why"),
    [
        ("psychose met mes", True, "a knife"),
        ("pillen genomen", True, "pills taken: 112, stay on the line"),
        ("meisje", False, "begins as «mes» sounds, and is none"),
        ("ruzie", False, "a quarrel alone is not danger to life"),
    ],
)
def test_words_of_danger_are_heard(typed, is_danger, why):
    assert speaks_of_danger(typed) is is_danger, why


def test_names_are_found_by_the_beginning_of_each_word():
    assert matches("veilig ken", "Veilig Thuis Kennemerland")
    assert not matches("veilig haarlem", "Veilig Thuis Kennemerland")


def test_every_category_has_words():
    assert CATEGORY_WORDS.keys() == CATEGORY_LABELS.keys()
