"""Names beside stations, where they cover neither lines nor stations nor each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eventmgr.programme.network.geometry import (
    Box,
    Point,
    Way,
    is_inside,
    part_touches_box,
    surrounding,
)
from eventmgr.programme.network.land import Paper
from eventmgr.programme.network.parts import Label

NARROW, WIDE = "fijlrtI.,:;'’()[]|/- ", "mwMWÄÖŒ"
GAP = 7.0
AIR = 1.0
LINE = 4.5
"""Half the width of a line and the air beside it."""
ASCENT, DESCENT = 0.74, 0.22
SWEEPS = 4
BOLD = 1.1
OUTSIDE, ON_LABEL, ON_STATION, ON_LINE = 400.0, 200.0, 200.0, 60.0
LAND_HALF = 52.0
"""Half the room for the name of the land, eight wide-set capitals of 13 px, with air."""

Part = tuple[Point, Point]
"""A straight piece of a line."""
Choice = tuple[float, Label]
"""A place for a name, with how much it is disliked for itself."""


def text_width(text: str, font: float = 1.0, *, bold: bool = False) -> float:
    """Return about how wide a text is in Fira Sans, rather too wide than too narrow."""
    ems = sum(
        0.31 if letter in NARROW else 0.88 if letter in WIDE else 0.66 if letter.isupper() else 0.56
        for letter in text
    )
    return ems * font * (1.04 if bold else 1.0)


def _choices(paper: Paper, name: str, mark: Box, *, is_big: bool) -> list[Choice]:
    """Return the places for a name with how much each is disliked for itself."""
    font = paper.font * (BOLD if is_big else 1.0)
    width = text_width(name, font, bold=is_big)
    middle_x, middle_y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    above, below = mark.top - GAP + 1, mark.bottom + GAP - 2 + font * ASCENT
    level, east, west = middle_y + font * 0.34, mark.right + GAP, mark.left - GAP
    slant = 3.0
    places = [
        (0.0, east, level, "start"),
        (0.3, middle_x, above, "middle"),
        (0.4, middle_x, below, "middle"),
        (0.5, west, level, "end"),
        (0.9, mark.right + slant, mark.top, "start"),
        (0.9, mark.right + slant, mark.bottom + font * 0.6, "start"),
        (1.1, mark.left - slant, mark.top, "end"),
        (1.1, mark.left - slant, mark.bottom + font * 0.6, "end"),
        (1.0, mark.left, above, "start"),
        (1.0, mark.left, below, "start"),
        (1.2, mark.right, above, "end"),
        (1.2, mark.right, below, "end"),
        (1.6, mark.right + slant, level - font * 0.62, "start"),
        (1.6, mark.right + slant, level + font * 0.62, "start"),
        (1.7, mark.left - slant, level - font * 0.62, "end"),
        (1.7, mark.left - slant, level + font * 0.62, "end"),
    ]
    places += [
        (2.2, middle_x, above - font * 0.9, "middle"),
        (2.2, middle_x, below + font * 0.9, "middle"),
        (2.4, mark.right + slant, above, "start"),
        (2.4, mark.right + slant, below, "start"),
        (2.5, mark.left - slant, above, "end"),
        (2.5, mark.left - slant, below, "end"),
    ]
    shift = {"start": 0.0, "middle": -width / 2, "end": -width}
    return [
        (
            dislike,
            Label(
                round(x, 1),
                round(y, 1),
                anchor,
                Box(
                    x + shift[anchor] - AIR,
                    y - font * ASCENT,
                    x + shift[anchor] + width + AIR,
                    y + font * DESCENT,
                ),
            ),
        )
        for dislike, x, y, anchor in places
    ]


@dataclass
class Labelling:
    """All names of a drawing; each is put anew while the others stay, until all fit."""

    paper: Paper
    names: Mapping[str, tuple[str, bool]]
    """The name of each station and whether it is written large."""
    marks: Mapping[str, Box]
    ways: Sequence[Way]

    def __post_init__(self) -> None:
        """Rate every place of every name by what it covers of the drawing itself."""
        self._paper = Box(2, 2, self.paper.width - 2, self.paper.height - 2)
        self._marks = {town: mark.grown(1) for town, mark in self.marks.items()}
        self._parts = [part for way in self.ways for part in pairwise(way)]
        self._rated = {town: self._rate(town) for town in self.names}
        self._chosen: dict[str, Choice] = {}

    def settle(self) -> dict[str, Label]:
        """Return where each name goes."""
        rated = self._rated
        order = sorted(rated, key=lambda town: (-min(cost for cost, _ in rated[town]), town))
        for _sweep in range(SWEEPS):
            before = dict(self._chosen)
            for town in order:
                self._chosen[town] = self._cheapest(town)
            if self._chosen == before:
                break
        for town in order:
            if self._cost(town, self._chosen[town]) >= ON_LINE:
                self._make_room(town)
        return {town: label for town, (_cost, label) in self._chosen.items()}

    @property
    def covered(self) -> float:
        """What the names cover all in all; below ON_LINE nothing."""
        return sum(self._cost(town, choice) for town, choice in self._chosen.items())

    def _cheapest(self, town: str) -> Choice:
        return min(self._rated[town], key=lambda choice: self._cost(town, choice))

    def _cost(self, town: str, choice: Choice) -> float:
        dislike, label = choice
        box = label.box
        others = (other for name, (_cost, other) in self._chosen.items() if name != town)
        return dislike + ON_LABEL * sum(box.overlaps(other.box) for other in others)

    def _make_room(self, town: str) -> None:
        """Try each place for a name that does not fit, letting those in the way go elsewhere."""
        best, best_cost = dict(self._chosen), self.covered
        before = best
        for choice in self._rated[town]:
            if choice[0] >= ON_LINE:
                continue
            self._chosen = {**before, town: choice}
            box = choice[1].box
            for other, (_cost, label) in before.items():
                if other != town and box.overlaps(label.box):
                    self._chosen[other] = self._cheapest(other)
            if self.covered < best_cost:
                best, best_cost = self._chosen, self.covered
        self._chosen = best

    def _rate(self, town: str) -> list[Choice]:
        name, is_big = self.names[town]
        choices = _choices(self.paper, name, self.marks[town], is_big=is_big)
        around = surrounding(label.box for _dislike, label in choices).grown(LINE)
        parts = [part for part in self._parts if part_touches_box(*part, around)]
        return [
            (dislike + self._hidden(town, label.box, parts), label) for dislike, label in choices
        ]

    def hides(self, town: str) -> bool:
        """Whether the name had to be put over something."""
        return self._cost(town, self._chosen[town]) >= ON_LINE

    def _hidden(self, town: str, box: Box, parts: Sequence[Part]) -> float:
        """Return how much of stations, lines and the paper's edge a name covers."""
        cost = 0.0 if self._paper.holds(box) else OUTSIDE
        marks = (mark for other, mark in self._marks.items() if other != town)
        cost += ON_STATION * sum(mark.overlaps(box) for mark in marks)
        wide = box.grown(LINE)
        return cost + ON_LINE * sum(part_touches_box(a, b, wide) for a, b in parts)


def land_name(paper: Paper, taken: Sequence[Box], ways: Sequence[Way]) -> Point | None:
    """Return the middle of a free place on the land for its name, None if there is none."""
    centre = paper.centre

    def off(spot: Point) -> tuple[float, Point]:
        return abs(spot.x - centre.x) + 1.5 * abs(spot.y - centre.y), spot

    spots = sorted(paper.around(centre, paper.width // paper.unit // 2), key=off)
    return next((spot for spot in spots if _is_free(_land_box(spot), paper, taken, ways)), None)


def _land_box(spot: Point) -> Box:
    return Box(spot.x - LAND_HALF, spot.y - 16, spot.x + LAND_HALF, spot.y + 9)


def _is_free(box: Box, paper: Paper, taken: Sequence[Box], ways: Sequence[Way]) -> bool:
    if not all(is_inside(corner, paper.outline) for corner in box.corners):
        return False
    if any(box.overlaps(other) for other in taken):
        return False
    return not any(part_touches_box(a, b, box) for way in ways for a, b in pairwise(way))
