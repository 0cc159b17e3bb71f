"""A bar chart as numbers a template can draw: whole hundredths, because a decimal comma is no SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from .selectors import Bar

FULL_LENGTH = 100


@dataclass(frozen=True, slots=True)
class DrawnBar:
    label: str
    value: int
    length: int


@dataclass(frozen=True, slots=True)
class Chart:
    """`finding` is what the chart says in one sentence: its caption. `unit` is what the values count."""

    slug: str
    title: str
    finding: str
    column: str
    unit: str
    bars: list[DrawnBar]


def draw(slug: str, title: str, finding: str, column: str, unit: str, counted: Sequence[Bar]) -> Chart:
    most = max((bar.value for bar in counted), default=0) or 1
    bars = [DrawnBar(bar.label, bar.value, round(bar.value / most * FULL_LENGTH)) for bar in counted]
    return Chart(slug, title, finding, column, unit, bars)
