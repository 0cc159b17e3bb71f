"""A bar chart as numbers a template can draw: whole pixels, because a decimal comma is no SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from .selectors import Bar

WIDTH, LABEL_WIDTH, VALUE_WIDTH = 640, 270, 50
BAR_HEIGHT, STEP = 22, 34


@dataclass(frozen=True, slots=True)
class DrawnBar:
    label: str
    value: int
    y: int
    text_y: int
    length: int


@dataclass(frozen=True, slots=True)
class Chart:
    slug: str
    title: str
    finding: str
    column: str
    bars: list[DrawnBar]
    height: int
    width: int = WIDTH
    bar_x: int = LABEL_WIDTH
    bar_height: int = BAR_HEIGHT
    track: int = WIDTH - LABEL_WIDTH - VALUE_WIDTH


def draw(slug: str, title: str, finding: str, column: str, counted: Sequence[Bar]) -> Chart:
    most = max((bar.value for bar in counted), default=0) or 1
    bars = [
        DrawnBar(bar.label, bar.value, row * STEP, row * STEP + BAR_HEIGHT - 6, round(bar.value / most * Chart.track))
        for row, bar in enumerate(counted)
    ]
    return Chart(slug, title, finding, column, bars, height=max(len(counted), 1) * STEP)
