"""Timing in one run: every contender in turn, round after round, so that a slow moment hits all alike."""

import json
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is this median over that of `against`; `goal` says what the ratio, or the median, must be."""

    name: str
    median: float
    unit: str
    ratio: float | None = None
    against: str | None = None
    goal: str | None = None
    met: bool | None = None


def medians(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds per call of each contender, over interleaved rounds, after one that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            began = perf_counter()
            work()
            if turn:
                times[name].append(perf_counter() - began)
    return {name: statistics.median(each) for name, each in times.items()}


def compared(name: str, against: str, figures: dict[str, float], unit: str, goal: str) -> Row:
    """A row whose ratio must be `goal`: "<= 2" or ">= 300"."""
    ratio = figures[name] / figures[against]
    return Row(name, figures[name], unit, ratio, against, goal, _holds(ratio, goal))


def bounded(name: str, median: float, unit: str, goal: str) -> Row:
    """A row whose median itself must be `goal`."""
    return Row(name, median, unit, None, None, f"{goal} {unit}", _holds(median, goal))


def _holds(value: float, goal: str) -> bool:
    sign, limit = goal.split()
    return value <= float(limit) if sign == "<=" else value >= float(limit)


def report(group: str, rows: list[Row]) -> bool:
    """Prints the table and writes bench/results/GROUP.json; returns whether every goal was met."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{group}.json").write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    print(f"{group:<24}{'median':>14}  {'ratio':>10}  {'against':<16}{'goal':<14}met")
    for row in rows:
        ratio = f"{row.ratio:,.2f}" if row.ratio is not None else ""
        met = {True: "yes", False: "NO", None: ""}[row.met]
        median = f"{row.median:,.4g} {row.unit}"
        print(f"{row.name:<24}{median:>14}  {ratio:>10}  {row.against or '':<16}{row.goal or '':<14}{met}")
    return all(row.met is not False for row in rows)
