"""The badge that hangs on a lanyard: 105 x 148 mm, read from two metres away."""

from eventmgr.badges.badge import Badge
from eventmgr.badges.fitting import Ladder, fit, fit_name
from eventmgr.badges.layouts import MM
from eventmgr.badges.pen import INK, MUTED, Pen
from eventmgr.badges.signs import group_bar

_LEFT, _RIGHT = 9.0, 96.0
_WIDTH = (_RIGHT - _LEFT) * MM
_HEAD = 27.0
_NAME_TOP = 38.0
_CODE_SIDE = 25.0
_CODE_TOP = 96.5
_QUIET = 4 * _CODE_SIDE / 29
_BLOCK_TOP, _BLOCK_HEIGHT = 126.0, 13.0

NAME = Ladder(
    whole=((46, 2), (40, 2), (34, 3), (30, 3), (26, 4), (22, 4), (19, 4)),
    broken=((22, 4), (19, 4), (16, 6), (13, 7), (10, 9)),
    leading=1.02,
)
_ORGANISATION = Ladder(whole=((14, 3), (12, 4), (10.5, 5)), broken=((12, 4), (10.5, 5), (9, 8)))
_TITLE = Ladder(whole=((9.5, 2), (8.5, 2), (7.5, 3)), broken=((7.5, 3),), leading=1.25)
_GROUP = Ladder(whole=((16, 1), (14, 1), (12, 1), (11, 2)), broken=((9, 2),), leading=1.15)


def draw(pen: Pen, badge: Badge) -> None:
    """Draw one badge in the field whose upper left is the pen's origin."""
    still = (badge.programme, badge.event_title, badge.event_when, badge.group, badge.code.label)
    pen.stamp(("a6", *still), (105.0, 148.0), lambda: _frame(pen, badge))
    box = (_CODE_TOP - _QUIET - _NAME_TOP) * MM
    below = fit(badge.organisation, pen.regular, _ORGANISATION, _WIDTH, box * 0.45)
    gap = 4.0 * MM if below.lines else 0.0
    name = fit_name(badge.name, pen.display, NAME, _WIDTH, box - gap - below.height)
    end = pen.block(_LEFT, _NAME_TOP, name, pen.display)
    pen.block(_LEFT, end + 4.0, below, pen.regular)
    pen.code(_RIGHT - _CODE_SIDE, _CODE_TOP, _CODE_SIDE, badge.code)
    pen.text(_LEFT, _CODE_TOP + _CODE_SIDE, badge.code.short, pen.spaced, 12)


def _frame(pen: Pen, badge: Badge) -> None:
    """What all badges of a group share: head, code label and group."""
    colour = badge.group.colour if badge.group else INK
    pen.mark(_LEFT - 0.8, 8.0, 11.0)
    title = fit(badge.event_title, pen.regular, _TITLE, (_RIGHT - 23.0) * MM, 11.0 * MM)
    above = 10.4 if len(title.lines) < 2 else 8.4
    pen.text(23.0, above, badge.programme, pen.bold, 11.5)
    end = pen.block(23.0, above + 2.1, title, pen.regular)
    pen.text(23.0, end + 3.3, badge.event_when, pen.regular, 9.5)
    pen.head_line(_HEAD, _RIGHT, 1.2, colour)
    pen.text(_LEFT, _CODE_TOP + _CODE_SIDE - 5.6, badge.code.label, pen.regular, 9, MUTED)
    if badge.group:
        size = (_RIGHT - _LEFT, _BLOCK_HEIGHT)
        group_bar(pen, badge.group, (_LEFT, _BLOCK_TOP), size, _GROUP)
