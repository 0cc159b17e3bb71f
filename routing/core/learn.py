"""Learning from people who chose otherwise: what their calls have in common becomes a proposal to change a rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from .facts import CATEGORIES, FLAGS, OLDEST
from .rules import Document

AGE_BANDS: Final = ((0, 3), (4, 11), (12, 17), (18, 22), (23, 64), (65, OLDEST))
# Fewer than this is chance; what fewer than one in ten share is not common.
FEWEST: Final = 3
RARE: Final = 10

Ages = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deviation:
    """A call for which a person chose another service than the rule gave. None: the fact was not known."""

    category: str | None
    age: int | None
    municipality: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rules that would replace one rule, its new sibling to the chosen service first; `calls` fit the new one."""

    rules: tuple[Document, ...]
    calls: int


class NothingToPropose(ValueError):
    """`reason`: `too_few` calls have anything in common, `not_agreed` (no rule of the agreement), or `not_served`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def propose(
    rule: Document,
    service: Document,
    deviations: Sequence[Deviation],
    places: Sequence[str],
    taken: Iterable[str],
    because: str,
) -> Proposal:
    """The rule without the calls that people sent to `service`, and a new rule for these; what the rule says stays.

    `places` are the region's own municipalities, `taken` the slugs in use. Raises NothingToPropose.
    """
    if rule["tier"] not in ("agreement", "safety_net"):
        raise NothingToPropose("not_agreed")
    box = _box_of(rule["when"], places)
    common = _common([each for each in deviations if _within(each, box)], box)
    common = _served(common, service)
    calls = sum(_within(each, common) for each in deviations)
    if calls < FEWEST:
        raise NothingToPropose("too_few")
    names = _free_slugs(rule["slug"], set(taken))
    new = _rule(rule, box, common, next(names)) | {"tier": "agreement", "to": service["slug"], "after": []}
    new["because"] = because % {"calls": calls}
    if rule["tier"] == "safety_net":
        return Proposal((new,), calls)
    kept = _rule(rule, box, common, rule["slug"])
    kept["after"] = [*dict.fromkeys((*rule.get("after", ()), service["slug"]))]
    rest = (_rule(rule, box, part, next(names)) for part in _outside(box, common))
    return Proposal((new, kept, *rest), calls)


# --- Boxes: a category set, an age interval and a municipality set -------------------------------


@dataclass(frozen=True, slots=True)
class _Box:
    categories: tuple[str, ...]
    ages: Ages
    places: tuple[str, ...]


def _box_of(when: Mapping[str, Any], places: Sequence[str]) -> _Box:
    first, last = when.get("age", (0, OLDEST))
    return _Box(tuple(when.get("category", CATEGORIES)), (first, last), tuple(when.get("municipality", places)))


def _within(call: Deviation, box: _Box) -> bool:
    return (
        call.category in box.categories
        and call.age is not None
        and box.ages[0] <= call.age <= box.ages[1]
        and call.municipality in box.places
    )


def _common(calls: Sequence[Deviation], box: _Box) -> _Box:
    """What at least one in ten of the calls share; ages widen to whole bands."""
    categories = _frequent(call.category for call in calls)
    places = _frequent(call.municipality for call in calls)
    bands = _frequent(_band(call.age) for call in calls if call.age is not None)
    if not bands:
        raise NothingToPropose("too_few")
    ages = (max(min(bands)[0], box.ages[0]), min(max(bands)[1], box.ages[1]))
    return _Box(
        tuple(each for each in box.categories if each in categories),
        ages,
        tuple(each for each in box.places if each in places),
    )


def _frequent(values: Iterable[Any]) -> set[Any]:
    counted = Counter(values)
    return {value for value, times in counted.items() if times * RARE >= counted.total()}


def _band(age: int) -> Ages:
    return next((first, last) for first, last in AGE_BANDS if first <= age <= last)


def _served(box: _Box, service: Document) -> _Box:
    """The part that the chosen service is there for."""
    youngest, oldest = service["ages"]
    served = _Box(
        tuple(each for each in box.categories if each in service["categories"]),
        (max(box.ages[0], youngest), min(box.ages[1], oldest)),
        tuple(each for each in box.places if not service["area"] or each in service["area"]),
    )
    if not served.categories or not served.places or served.ages[0] > served.ages[1]:
        raise NothingToPropose("not_served")
    return served


def _outside(box: _Box, common: _Box) -> list[_Box]:
    """What remains of a box without the common part: disjoint boxes, few and readable."""
    (first, last), (youngest, oldest) = box.ages, common.ages
    others = tuple(each for each in box.categories if each not in common.categories)
    elsewhere = tuple(each for each in box.places if each not in common.places)
    parts = (
        _Box(others, box.ages, box.places),
        _Box(common.categories, (first, youngest - 1), box.places),
        _Box(common.categories, (oldest + 1, last), box.places),
        _Box(common.categories, common.ages, elsewhere),
    )
    return [each for each in parts if each.categories and each.places and each.ages[0] <= each.ages[1]]


# --- Boxes as rules --------------------------------------------------------------------------------


def _rule(rule: Document, whole: _Box, part: _Box, slug: str) -> dict[str, Any]:
    """The rule for a part of its box: a condition it had, or one that the part needs; nothing else is said."""
    when: dict[str, Any] = {name: value for name, value in rule["when"].items() if name in FLAGS}
    if "category" in rule["when"] or part.categories != whole.categories:
        when["category"] = list(part.categories)
    if "age" in rule["when"] or part.ages != whole.ages:
        when["age"] = list(part.ages)
    if "municipality" in rule["when"] or part.places != whole.places:
        when["municipality"] = list(part.places)
    return {**rule, "slug": slug, "when": when}


def _free_slugs(slug: str, taken: set[str]) -> Iterator[str]:
    return (name for number in count(2) if (name := f"{slug}-{number}") not in taken)
