"""How often a case is sent on before somebody accepts it: pure calculation, no database and no clock."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chain:
    """The offers that followed each other until somebody accepted; `hops` counts who was asked, 1 is the first."""

    sender: str
    asked: str
    taken_by: str
    rule: str
    hops: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Bounces:
    """What a number of chains have in common. `elsewhere`: who took it when the first asked did not, most first."""

    chains: int
    direct: int
    mean_hops: float
    most_hops: int
    median_minutes: float
    p90_minutes: float
    elsewhere: tuple[tuple[str, int], ...]

    @property
    def direct_share(self) -> int:
        """Of a hundred chains, how many the first asked accepted at once."""
        return round(100 * self.direct / self.chains)


def nearest_rank(values: Collection[float], percent: int) -> float:
    """The smallest of the values that at least so many per cent of them do not exceed: always one that was measured.

    The median is 50 per cent: of an even number it is the lower of the two in the middle. p90 is 90 per cent.
    """
    rank = -(-percent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]


def measure(chains: Sequence[Chain]) -> Bounces:
    """At least one chain."""
    hops, minutes = [each.hops for each in chains], [each.minutes for each in chains]
    elsewhere = Counter(each.taken_by for each in chains if each.taken_by != each.asked)
    return Bounces(
        chains=len(chains),
        direct=hops.count(1),
        mean_hops=sum(hops) / len(hops),
        most_hops=max(hops),
        median_minutes=nearest_rank(minutes, 50),
        p90_minutes=nearest_rank(minutes, 90),
        elsewhere=tuple(sorted(elsewhere.items(), key=lambda item: (-item[1], item[0]))),
    )


def measure_by(chains: Iterable[Chain], key: Callable[[Chain], Key]) -> list[tuple[Key, Bounces]]:
    """Per key, the most chains first."""
    groups: dict[Key, list[Chain]] = {}
    for chain in chains:
        groups.setdefault(key(chain), []).append(chain)
    measured = [(name, measure(group)) for name, group in groups.items()]
    return sorted(measured, key=lambda item: (-item[1].chains, item[0]))


def by_hops(chains: Iterable[Chain]) -> list[tuple[int, int]]:
    """How many chains took so many hops, from 1 to the most, also those that never occurred in between."""
    counted = Counter(each.hops for each in chains)
    return [(hops, counted[hops]) for hops in range(1, max(counted, default=0) + 1)]
