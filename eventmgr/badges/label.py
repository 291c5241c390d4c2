"""The label for a holder or a jacket: 90 x 55 mm, ten on a sheet."""

from eventmgr.badges.badge import Badge
from eventmgr.badges.fitting import Ladder, fit, fit_name
from eventmgr.badges.layouts import MM
from eventmgr.badges.pen import INK, Pen
from eventmgr.badges.signs import group_bar
from eventmgr.badges.text import prepared

_LEFT, _RIGHT = 6.0, 84.0
_HEAD = 12.5
_CODE_SIDE = 20.0
_CODE_TOP = 25.0
_CODE_LEFT = _RIGHT - _CODE_SIDE
_QUIET = 4 * _CODE_SIDE / 29
_TEXT_WIDTH = (_CODE_LEFT - _QUIET - _LEFT) * MM
_NAME_TOP, _NAME_BOTTOM = 17.0, 39.5
_BLOCK_TOP, _BLOCK_HEIGHT = 41.5, 8.0

_NAME = Ladder(
    whole=((24, 2), (21, 2), (18, 3), (15, 3), (13, 4), (11, 4)),
    broken=((13, 3), (11, 4), (9, 5), (7.5, 6)),
    leading=1.04,
)
_ORGANISATION = Ladder(whole=((9.5, 2), (8.5, 3), (7.5, 4)), broken=((7.5, 4), (6.5, 5)))
_PROGRAMME = Ladder(whole=((9, 1), (8, 1), (7, 1)), broken=((6, 1),))
_TITLE = Ladder(whole=((7.5, 1), (7, 1), (6.5, 1)), broken=((5.6, 2),), leading=1.1)
_GROUP = Ladder(whole=((11, 1), (10, 1), (9, 1), (8, 2)), broken=((7, 2),), leading=1.15)


def draw(pen: Pen, badge: Badge) -> None:
    """Draw one label in the field whose upper left is the pen's origin."""
    still = (badge.programme, badge.event_title, badge.event_when, badge.group)
    pen.stamp(("label", *still), (90.0, 55.0), lambda: _frame(pen, badge))
    box = (_NAME_BOTTOM - _NAME_TOP) * MM
    below = fit(badge.organisation, pen.regular, _ORGANISATION, _TEXT_WIDTH, box * 0.45)
    gap = 2.2 * MM if below.lines else 0.0
    name = fit_name(badge.name, pen.display, _NAME, _TEXT_WIDTH, box - gap - below.height)
    end = pen.block(_LEFT, _NAME_TOP, name, pen.display)
    pen.block(_LEFT, end + 2.2, below, pen.regular)
    pen.code(_CODE_LEFT, _CODE_TOP, _CODE_SIDE, badge.code)
    pen.text(_CODE_LEFT + _CODE_SIDE / 2, 49.5, badge.code.short, pen.spaced, 8, INK, 0.5)


def _frame(pen: Pen, badge: Badge) -> None:
    """What all labels of a group share: head and group."""
    pen.mark(_LEFT - 0.5, 3.2, 7.0)
    width = (_RIGHT - 15.0) * MM
    when = pen.regular.width(prepared(badge.event_when)) * 7.5
    programme = fit(badge.programme, pen.bold, _PROGRAMME, width - when - 4 * MM, 3 * MM)
    pen.block(15.0, 4.0, programme, pen.bold)
    pen.text(_RIGHT, 6.2, badge.event_when, pen.regular, 7.5, INK, 1.0)
    title = fit(badge.event_title, pen.regular, _TITLE, width, 4.2 * MM)
    pen.block(15.0, 7.7, title, pen.regular)
    pen.head_line(_HEAD, _RIGHT, 0.8, badge.group.colour if badge.group else INK)
    if badge.group:
        size = (_CODE_LEFT - _QUIET - _LEFT, _BLOCK_HEIGHT)
        group_bar(pen, badge.group, (_LEFT, _BLOCK_TOP), size, _GROUP)
