"""How badges lie on paper, in millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MM = 72 / 25.4
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its cells, counted from the upper left; what is left over stays at the foot."""

    name: str
    design: Literal["a6", "label"]
    page: tuple[float, float]
    cell: tuple[float, float]
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    has_cut_lines: bool = False

    @property
    def per_page(self) -> int:
        """How many badges one sheet holds."""
        return self.columns * self.rows

    def corners(self) -> Iterator[tuple[float, float]]:
        """The upper left corner of each cell, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield self.left + column * self.cell[0], self.top + row * self.cell[1]


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("a4-a6", "a6", A4, (105.0, 148.0), columns=2, rows=2, has_cut_lines=True),
        Layout("a6", "a6", (105.0, 148.0), (105.0, 148.0)),
        Layout(
            "labels",
            "label",
            A4,
            (90.0, 55.0),
            columns=2,
            rows=5,
            left=15.0,
            top=11.0,
            has_cut_lines=True,
        ),
    )
}
DEFAULT = "a4-a6"
