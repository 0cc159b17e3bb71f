"""The facts of a crisis call, with "unknown" as a value, and how they are read safely."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from typing import Any, Final

CATEGORIES: Final = ("somatic", "ggz", "hgkm", "youth_act", "social")
OLDEST: Final = 120
NO_PROVIDER: Final = ""
# A place outside every region: no agreement names it, and yet whoever calls is helped.
ELSEWHERE: Final = "elsewhere"


class Unknown(Enum):
    """Why a fact has no value: nobody asked yet, or somebody asked and it cannot be known."""

    NOT_ASKED = "not_asked"
    NOT_KNOWABLE = "not_knowable"


NOT_ASKED: Final = Unknown.NOT_ASKED
NOT_KNOWABLE: Final = Unknown.NOT_KNOWABLE

FLAGS: Final = ("danger", "related", "hospital", "suicidal", "dissatisfied", "new_crisis")

# What we read where somebody asked and it cannot be known: the reading that protects the person most.
# A provider nobody knows cannot be told to be the one treating this crisis, so the agreement answers.
SAFE_READINGS: Final[Mapping[str, bool | str]] = {
    "danger": True,
    "related": False,
    "hospital": False,
    "suicidal": True,
    "dissatisfied": False,
    "new_crisis": True,
    "provider": NO_PROVIDER,
}


class InvalidFact(ValueError):
    """A value that no fact can have; `fact` names the field."""

    def __init__(self, fact: str, value: object) -> None:
        super().__init__(f"{fact}: {value!r}")
        self.fact = fact
        self.value = value


class ImpossibleFacts(ValueError):
    """Facts that the region declared impossible together; `because` gives its reason in Dutch."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a call. `age` is in whole years; `born` is used instead where it is given.

    `flags` holds the six yes/no facts as one number, for the table's look-up; -1 while one is unknown.
    """

    category: str | Unknown = NOT_ASKED
    age: int | Unknown = NOT_ASKED
    born: date | None = None
    municipality: str | Unknown = NOT_ASKED
    danger: bool | Unknown = NOT_ASKED
    provider: str | Unknown = NOT_ASKED
    related: bool | Unknown = NOT_ASKED
    hospital: bool | Unknown = NOT_ASKED
    suicidal: bool | Unknown = NOT_ASKED
    dissatisfied: bool | Unknown = NOT_ASKED
    new_crisis: bool | Unknown = NOT_ASKED
    flags: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.category, Unknown) and self.category not in CATEGORIES:
            raise InvalidFact("category", self.category)
        age = self.age
        if not isinstance(age, Unknown) and (type(age) is not int or not 0 <= age <= OLDEST):
            raise InvalidFact("age", age)
        object.__setattr__(self, "flags", self._flags())

    def _flags(self) -> int:
        number, known = 0, True
        for weight, name in enumerate(FLAGS):
            value = getattr(self, name)
            if value is True:
                number |= 1 << weight
            elif isinstance(value, Unknown):
                known = known and self._without_meaning(name)
            elif value is not False:
                raise InvalidFact(name, value)
        return number if known else -1

    def _without_meaning(self, name: str) -> bool:
        """Whether nobody needs to ask: related to which treatment, or a new crisis beside which complaint?"""
        return (name == "related" and self.provider == NO_PROVIDER) or (
            name == "new_crisis" and self.dissatisfied is False
        )

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Facts":
        """Facts as stored with a decision. Raises InvalidFact for an unknown name or value."""
        names = {each.name for each in fields(cls) if each.init}
        values: dict[str, Any] = {}
        for name, value in document.items():
            if name not in names:
                raise InvalidFact(name, value)
            if isinstance(value, Mapping):
                try:
                    value = Unknown(value["unknown"])
                except (KeyError, ValueError) as error:
                    raise InvalidFact(name, value) from error
            elif name == "born" and value is not None:
                value = date.fromisoformat(value)
            values[name] = value
        return cls(**values)

    def as_document(self) -> dict[str, Any]:
        """The same facts as JSON values; an unknown becomes {"unknown": "not_asked"}."""
        document: dict[str, Any] = {}
        for each in fields(self):
            if not each.init:
                continue
            value = getattr(self, each.name)
            if isinstance(value, Unknown):
                value = {"unknown": value.value}
            elif isinstance(value, date):
                value = value.isoformat()
            document[each.name] = value
        return document


def age_on(born: date, day: date) -> int:
    """Age in whole years on a day; somebody born on 29 February turns a year older on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day somebody reaches an age."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def read_safely(facts: Facts) -> tuple[Facts, tuple[str, ...]]:
    """The facts with the safe reading of each that cannot be known, and the names of the facts read that way."""
    readings: dict[str, Any] = {
        name: reading for name, reading in SAFE_READINGS.items() if getattr(facts, name) is NOT_KNOWABLE
    }
    if not readings:
        return facts, ()
    if "provider" in readings:
        readings["related"] = False
    return replace(facts, **readings), tuple(name for name in readings if getattr(facts, name) is NOT_KNOWABLE)
