"""Who came when, as the rows of a table and the curve above it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

STEPS = (5, 10, 15, 30, 60, 120, 240, 720)
"""Minutes that one row may cover."""
ROWS_AT_MOST = 24
LEFT, RIGHT, TOP, BOTTOM = 40, 512, 30, 150


@dataclass(frozen=True)
class Row:
    """How many came in one interval, and how many had come by its end."""

    starts_at: datetime
    arrived: int
    total: int


@dataclass(frozen=True)
class Curve:
    """The total as a line in a drawing of 560 by 190, with the times of its ends."""

    path: str
    starts_at: datetime
    ends_at: datetime
    end_y: int
    total: int
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def rows(moments: Sequence[datetime]) -> list[Row]:
    """Return the arrivals in equal intervals, from the first to the last."""
    if not moments:
        return []
    step = _step(max(moments) - min(moments))
    counts = Counter(_floor(moment, step) for moment in moments)
    result: list[Row] = []
    start, total = min(counts), 0
    while start <= max(counts):
        total += counts[start]
        result.append(Row(start, counts[start], total))
        start += step
    return result


def curve(table: Sequence[Row]) -> Curve | None:
    """Return the line through the totals, None where nobody has come yet."""
    if not table:
        return None
    step = (
        table[1].starts_at - table[0].starts_at if len(table) > 1 else timedelta(minutes=STEPS[0])
    )
    total = table[-1].total
    points = [(LEFT, BOTTOM)]
    for number, row in enumerate(table, start=1):
        x = LEFT + round((RIGHT - LEFT) * number / len(table))
        points.append((x, BOTTOM - round((BOTTOM - TOP) * row.total / total)))
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    return Curve(path, table[0].starts_at, table[-1].starts_at + step, points[-1][1], total)


def _step(span: timedelta) -> timedelta:
    steps = [timedelta(minutes=minutes) for minutes in STEPS]
    return next((step for step in steps if span < step * (ROWS_AT_MOST - 1)), steps[-1])


def _floor(moment: datetime, step: timedelta) -> datetime:
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    return moment - (moment - epoch) % step
