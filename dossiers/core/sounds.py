"""How a Dutch name sounds: one key for the spellings that people hear as the same. No Django, clock or settings."""

import re
import unicodedata

# Parts that are left out of a surname: they are heard, forgotten and written in many ways.
INFIXES = frozenset(
    {"van", "von", "de", "den", "der", "des", "het", "t", "te", "ten", "ter", "in", "op", "aan", "bij", "uit", "over"}
    | {"onder", "voor", "la", "le", "l", "du", "di", "da", "d", "el", "al", "zu", "s"}
)
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# In this order: what is longer first. The left side is a pattern, the right side what is heard.
_HEARD = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|tsj", "tj"),
        (r"^chr", "kr"),
        (r"^cees", "kes"),
        (r"sch|sz", "s"),
        (r"ch|gh", "g"),
        (r"ph", "f"),
        (r"dth|dt|th", "t"),
        (r"qu", "kw"),
        (r"q", "k"),
        (r"c+k+", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"uij|uy|uj", "ui"),
        (r"eij|eyj|ey|ij|ei|(?<![aeou])y(?![aeou])|(?<=e)j", "Y"),
        (r"y", "j"),
        (r"auw|ouw|au|ou", "O"),
        (r"aij|aai|aj(?![aeou])|ai", "A"),
        (r"ae", "a"),
        (r"(.)\1+", r"\1"),
        (r"k+s", "ks"),
        (r"d$", "t"),
    )
)
LONGEST_KEY = 24
# Below this Bos and Bas, or Ali and Alin, are different names.
SHORTEST_SLIP = 5


def folded(text: str) -> str:
    """Lower case without accents, so that Özdemir is ozdemir."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded: what stands between spaces, dots and dashes; quotes join."""
    return tuple(re.findall(r"\w+", re.sub(r"['’`´]", "", folded(name)).replace("_", " ")))


def surname_words(surname: str) -> tuple[str, ...]:
    """Without infixes, unless nothing else is left: somebody may be called De."""
    given = words(re.sub(r"['’`´]", " ", surname))
    return tuple(word for word in given if word not in INFIXES) or given


def sound(word: str) -> str:
    """The key of one word: words with the same key sound the same."""
    heard = word
    for pattern, replacement in _HEARD:
        heard = pattern.sub(replacement, heard)
    return heard[:LONGEST_KEY]


def without_one(key: str) -> frozenset[str]:
    """The key, and the key without each of its letters: two keys one slip apart have one of these in common."""
    if len(key) < SHORTEST_SLIP:
        return frozenset({key})
    return frozenset({key, *(key[:at] + key[at + 1 :] for at in range(len(key)))})


def one_slip_apart(one: str, other: str) -> bool:
    """One letter more, less, different, or two neighbours changed places; in a word long enough for a slip."""
    if min(len(one), len(other)) < SHORTEST_SLIP or one[0] != other[0]:
        return False
    if len(one) == len(other):
        return _one_letter_different(one, other) or swapped(one, other)
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _one_letter_different(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def swapped(one: str, other: str) -> bool:
    """Whether two neighbours changed places, and nothing else."""
    different = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(different) != len("ab") or different[1] - different[0] != 1:
        return False
    first, second = different
    return one[first] == other[second] and one[second] == other[first]
