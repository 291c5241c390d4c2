"""Lengths and points of the desk's two charts, as numbers for SVG attributes."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT = 50, 512
TOP, BOTTOM = 30, 150
INTERVALS = 3
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000)
LONGEST_BAR = 470
BAR_PITCH = 46


@dataclass(frozen=True)
class Tick:
    """A line of the scale."""

    y: int
    value: int


@dataclass(frozen=True)
class Point:
    """One value of the line."""

    x: int
    y: int
    label: str
    value: int


@dataclass(frozen=True)
class LineChart:
    """A row of values in order of time; the last one is named."""

    ticks: tuple[Tick, ...]
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line as the `d` of an SVG path."""
        return "M" + "L".join(f"{point.x} {point.y}" for point in self.points)


@dataclass(frozen=True)
class Bar:
    """One value with its label above."""

    y: int
    width: int
    label: str
    value: int


@dataclass(frozen=True)
class BarChart:
    """Values side by side, the largest first."""

    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return len(self.bars) * BAR_PITCH + 6


def line_chart(values: Sequence[tuple[str, int]]) -> LineChart:
    """Draw at least two values over a scale that begins at nothing."""
    step = _step(max(value for _label, value in values))
    top = step * INTERVALS
    pitch = (RIGHT - LEFT) / (len(values) - 1)
    points = tuple(
        Point(round(LEFT + number * pitch), _y(value, top), label, value)
        for number, (label, value) in enumerate(values)
    )
    ticks = tuple(Tick(_y(step * number, top), step * number) for number in range(INTERVALS + 1))
    return LineChart(ticks, points)


def bar_chart(values: Sequence[tuple[str, int]]) -> BarChart:
    """Draw values as bars; the largest fills the width that leaves room for its number."""
    ordered = sorted(values, key=lambda pair: -pair[1])
    largest = max((value for _label, value in ordered), default=0) or 1
    return BarChart(
        tuple(
            Bar(number * BAR_PITCH, round(LONGEST_BAR * value / largest), label, value)
            for number, (label, value) in enumerate(ordered)
        )
    )


def _step(largest: int) -> int:
    """Return the smallest round step with which the scale reaches the largest value."""
    fitting = (step for step in STEPS if step * INTERVALS >= largest)
    return next(fitting, -(-largest // INTERVALS))


def _y(value: int, top: int) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * value / top)
