"""Compositions that several papers share: the head of the programme and the bar of a group."""

from eventmgr.badges.badge import Sign
from eventmgr.badges.fitting import Ladder, fit
from eventmgr.badges.layouts import MM
from eventmgr.badges.pen import Pen, on

SERIES_COLOURS = ("#1766b8", "#0b746a", "#7a3bb5", "#b8410e")
"""The four lines of the programme: dialogue, workshop, camp, slam."""


def group_bar(
    pen: Pen, group: Sign, corner: tuple[float, float], size: tuple[float, float], ladder: Ladder
) -> None:
    """Fill a bar in the group's colour and put its shape and word on it, centred in height."""
    (x, y), (width, height) = corner, size
    colour = on(group.colour)
    side, edge = 0.42 * height, 0.31 * height
    pen.bar(x, y, width, height, group.colour, radius=0.13 * height)
    pen.shape(x + edge, y + (height - side) / 2, side, group.shape, colour)
    start = edge + side + 0.22 * height
    word = fit(group.word, pen.bold, ladder, (width - start - edge) * MM, height * MM)
    pen.block(x + start, y + (height - word.cap_height / MM) / 2, word, pen.bold, colour)


def band(pen: Pen, y: float, width: float) -> None:
    """Draw the four lines of the programme across the page, parting on their way."""
    thickness = 0.55
    for number, colour in enumerate(SERIES_COLOURS):
        low = y + number * 1.6
        rise = (7.0, 4.6, 2.2, 0.0)[number]
        turn = width * 0.66 + number * 1.1
        corners = [(0.0, low), (turn, low), (turn + rise, low - rise), (width, low - rise)]
        pen.polyline(corners, thickness, colour)
