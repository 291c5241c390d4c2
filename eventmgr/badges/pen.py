"""Draws on one PDF canvas in millimetres from the upper left, as designers measure.

The drawing system of the programme (mark, line, ring, shape) lives here once for badge and ticket.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import ceil, floor

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from eventmgr import qr
from eventmgr.badges.badge import Code, Shape
from eventmgr.badges.fitting import Block
from eventmgr.badges.fonts import Fonts, Weight
from eventmgr.badges.layouts import MM
from eventmgr.badges.text import Line, Typeface, prepared

INK = "#14172a"
MUTED = "#4a5070"
HAIRLINE = "#dde0ec"
CUT = "#7b82a0"
PAPER = "#ffffff"

_NAME_TRACKING = -0.025
_CODE_TRACKING = 0.06


class Pen:
    """A canvas with the house's faces; the origin is the upper left of the current field."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self.canvas = canvas
        self.light = Typeface(fonts, Weight.LIGHT)
        self.regular = Typeface(fonts, Weight.REGULAR)
        self.bold = Typeface(fonts, Weight.BOLD)
        self.display = Typeface(fonts, Weight.BOLD, tracking=_NAME_TRACKING)
        self.spaced = Typeface(fonts, Weight.REGULAR, tracking=_CODE_TRACKING)
        self._stamps: dict[Hashable, str] = {}

    def next_page(self, height: float) -> None:
        """Finish this page and begin another with the origin in its upper left."""
        self.canvas.showPage()
        self.canvas.translate(0, height * MM)

    @contextmanager
    def field(self, x: float, y: float) -> Iterator[None]:
        """Move the origin to a point of the page for a while."""
        self.canvas.saveState()
        self.canvas.translate(x * MM, -y * MM)
        yield
        self.canvas.restoreState()

    def stamp(self, key: Hashable, field: tuple[float, float], draw: Callable[[], None]) -> None:
        """Draw what recurs once for the whole document, and refer to it from then on."""
        name = self._stamps.get(key)
        if name is None:
            name = self._stamps[key] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name, 0, floor(-field[1] * MM), ceil(field[0] * MM), 0)
            draw()
            self.canvas.endForm()
        self.canvas.doForm(name)

    def block(self, x: float, y: float, block: Block, face: Typeface, colour: str = INK) -> float:
        """Draw a block whose first capitals touch `y`; return where its descenders end."""
        baseline = -y * MM - block.size * block.rise
        for number, line in enumerate(block.lines):
            self._line(x * MM, baseline - number * block.leading, line, face, block.size, colour)
        return y + block.height / MM

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Typeface,
        size: float,
        colour: str = INK,
        anchor: float = 0.0,
    ) -> None:
        """Draw one short line with its baseline at `y`; anchor 0 begins, 1 ends it at `x`."""
        line = face.line(prepared(text))
        self._line(x * MM - anchor * line.width * size, -y * MM, line, face, size, colour)

    def _line(
        self, x: float, y: float, line: Line, face: Typeface, size: float, colour: str
    ) -> None:
        text = self.canvas.beginText(x, y)
        text.setFillColor(ink(colour))
        for used, letters in line.runs:
            text.setFont(used.name, size)
            text.setCharSpace(face.tracking * size if face.is_first(used) else 0)
            text.textOut(letters)
        text.setCharSpace(0)
        self.canvas.drawText(text)

    def bar(
        self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0
    ) -> None:
        """Fill a rectangle given by its upper left corner."""
        self.canvas.setFillColor(ink(colour))
        corner = (x * MM, -(y + height) * MM, width * MM, height * MM)
        if radius:
            self.canvas.roundRect(*corner, radius * MM, stroke=0, fill=1)
        else:
            self.canvas.rect(*corner, stroke=0, fill=1)

    def ring(self, x: float, y: float, radius: float, thickness: float, colour: str) -> None:
        """Draw an open stop around a centre: here, or next."""
        self.canvas.setFillColor(ink(PAPER))
        self.canvas.setStrokeColor(ink(colour))
        self.canvas.setLineWidth(thickness * MM)
        self.canvas.circle(x * MM, -y * MM, radius * MM, stroke=1, fill=1)

    def head_line(self, y: float, end: float, thickness: float, colour: str) -> None:
        """Draw the programme line from the left edge to a ring whose outer edge is at `end`."""
        radius = 1.9 * thickness
        outer = radius - thickness / 2
        self.bar(0, y - thickness / 2, end - radius, thickness, colour)
        self.ring(end - radius, y, outer, thickness, colour)

    def shape(self, x: float, y: float, side: float, shape: Shape, colour: str) -> None:
        """Fill a shape inside the square given by its upper left corner."""
        canvas = self.canvas
        canvas.setFillColor(ink(colour))
        canvas.setStrokeColor(ink(colour))
        left, bottom, size = x * MM, -(y + side) * MM, side * MM
        match shape:
            case Shape.CIRCLE:
                canvas.circle(left + size / 2, bottom + size / 2, size / 2, stroke=0, fill=1)
            case Shape.SQUARE:
                inset = size * 0.06
                edge = size - 2 * inset
                canvas.roundRect(
                    left + inset, bottom + inset, edge, edge, size * 0.08, stroke=0, fill=1
                )
            case Shape.DIAMOND:
                self._polygon(left, bottom, size, ((0.5, 1), (1, 0.5), (0.5, 0), (0, 0.5)))
            case Shape.TRIANGLE:
                self._polygon(left, bottom, size, ((0.5, 0.95), (1, 0.08), (0, 0.08)))
            case Shape.PILL:
                canvas.setLineWidth(size * 0.16)
                canvas.roundRect(
                    left, bottom + size * 0.22, size, size * 0.56, size * 0.28, stroke=1, fill=0
                )

    def _polygon(
        self, left: float, bottom: float, size: float, corners: tuple[tuple[float, float], ...]
    ) -> None:
        path = self.canvas.beginPath()
        path.moveTo(left + corners[0][0] * size, bottom + corners[0][1] * size)
        for across, up in corners[1:]:
            path.lineTo(left + across * size, bottom + up * size)
        path.close()
        self.canvas.drawPath(path, stroke=0, fill=1)

    def mark(self, x: float, y: float, side: float) -> None:
        """Draw the programme's mark: a route with three stops, the last one open."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x * MM, -y * MM)
        canvas.scale(side * MM / 48, -side * MM / 48)
        canvas.setStrokeColor(ink(INK))
        canvas.setLineWidth(5)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(*_ROUTE[0])
        for corner in _ROUTE[1:]:
            path.lineTo(*corner)
        canvas.drawPath(path)
        for stop in _STOPS:
            canvas.setFillColor(ink(INK))
            canvas.circle(*stop, 5, stroke=0, fill=1)
            canvas.setFillColor(ink(PAPER))
            canvas.circle(*stop, 2.1, stroke=0, fill=1)
        canvas.setLineWidth(4.2)
        canvas.circle(*_TERMINUS, 6, stroke=1, fill=1)
        canvas.restoreState()

    def code(self, x: float, y: float, side: float, code: Code) -> None:
        """Draw the QR symbol, `side` without its quiet zone, which the caller keeps free."""
        symbol = qr.symbol(code.text, code.mask)
        module = side * MM / symbol.size
        matrix = f"{module:.4f} 0 0 {module:.4f} {x * MM:.3f} {-(y + side) * MM:.3f} cm"
        # Literal operators: the path interface would write each of some 250 rectangles with six
        # decimals and take three times as long.
        self.canvas.addLiteral(f"q 0 g {matrix} {qr.as_pdf_path(symbol)} Q")

    def dashes(self, x1: float, y1: float, x2: float, y2: float, colour: str = CUT) -> None:
        """Draw a thin dashed line: here one cuts or tears."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(ink(colour))
        self.canvas.setLineWidth(0.1 * MM)
        self.canvas.setDash(0.8 * MM, 0.8 * MM)
        self.canvas.line(x1 * MM, -y1 * MM, x2 * MM, -y2 * MM)
        self.canvas.restoreState()

    def polyline(
        self, corners: Sequence[tuple[float, float]], thickness: float, colour: str
    ) -> None:
        """Stroke a line through corners, round at its turns."""
        path = self.canvas.beginPath()
        path.moveTo(corners[0][0] * MM, -corners[0][1] * MM)
        for x, y in corners[1:]:
            path.lineTo(x * MM, -y * MM)
        self.canvas.setLineJoin(1)
        self.canvas.setStrokeColor(ink(colour))
        self.canvas.setLineWidth(thickness * MM)
        self.canvas.drawPath(path)

    def card(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        radius: float,
        head: str,
        border: str,
    ) -> None:
        """Outline a card with round corners and a coloured head edge."""
        (x, y), (width, height) = corner, size
        outline = (x * MM, -(y + height) * MM, width * MM, height * MM, radius * MM)
        self.canvas.saveState()
        clip = self.canvas.beginPath()
        clip.roundRect(*outline)
        self.canvas.clipPath(clip, stroke=0)
        self.bar(x, y, width, 1.6, head)
        self.canvas.restoreState()
        self.canvas.setStrokeColor(ink(border))
        self.canvas.setLineWidth(0.25 * MM)
        self.canvas.roundRect(*outline, stroke=1, fill=0)

    def hairline(self, x: float, y: float, width: float) -> None:
        """Draw a quiet horizontal divider."""
        self.bar(x, y - 0.1, width, 0.2, HAIRLINE)


_ROUTE = (
    (39.0, 9.0), (17.5, 9.0), (9.0, 16.5), (17.5, 24.0),
    (31.0, 24.0), (39.5, 31.5), (31.0, 39.0), (17.0, 39.0),
)  # fmt: skip
_STOPS = ((24.2, 24.0), (40.0, 9.0))
_TERMINUS = (11.0, 39.0)


@lru_cache(maxsize=64)
def ink(colour: str) -> Color:
    """The colour of a `#rrggbb` text."""
    return HexColor(colour)


def on(colour: str) -> str:
    """White or dark, whichever reads better on that colour."""
    red, green, blue = (_linear(part) for part in ink(colour).rgb())
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return PAPER if 1.05 / (luminance + 0.05) >= 4.5 else INK


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
