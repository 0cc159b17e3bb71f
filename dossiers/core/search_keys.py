"""The keys under which a person is found again, and those to look for: two people who may be one share a key.

A slip of one letter is found because both spellings, each without one of its letters, have a word in common.
"""

from .birth import digits_of, near_dates
from .likeness import Known, door
from .sounds import sound, surname_words, without_one, words

LONGEST = 40


def keys_of(person: Known) -> list[str]:
    """Under which somebody stands in the index."""
    found = {f"s:{key}" for name in _surnames(person) for key in without_one(name)}
    found |= {f"g:{sound(word)}" for word in words(person.given_name)}
    found |= {f"b:{digits_of(person.born)}"} if person.born else set()
    return sorted(key[:LONGEST] for key in found | _shared(person))


def keys_to_find(asked: Known) -> list[str]:
    """What to look for; a given name alone is only asked for when nothing tells people apart better."""
    surnames = _surnames(asked)
    found = {f"s:{key}" for name in surnames for key in without_one(name)}
    found |= {f"b:{digits_of(each)}" for each in near_dates(asked.born)} if asked.born else set()
    found |= _shared(asked)
    given = {sound(word) for word in words(asked.given_name)}
    # Given name and surname may stand in each other's place.
    found |= {f"s:{name}" for name in given} | {f"g:{name}" for name in surnames} if surnames else set()
    return sorted(key[:LONGEST] for key in found or {f"g:{name}" for name in given})


def _surnames(person: Known) -> set[str]:
    """The sound of the whole, and of each half of a double name."""
    found: set[str] = set()
    for surname in filter(None, (person.surname, person.birth_name)):
        parts = surname_words(surname)
        found |= {sound("".join(parts)), *(sound(part) for part in parts)}
    return found - {""}


def _shared(person: Known) -> set[str]:
    at = door(person.postcode, person.address)
    known = (("p", person.phone), ("e", person.email.casefold()), ("a", at))
    return {f"{kind}:{value}" for kind, value in known if value}
