"""The ticket: one A4 page that says when, where and for whom, with the code to be scanned."""

from eventmgr.badges.badge import Fact, Note, Ticket
from eventmgr.badges.fitting import Block, Ladder, fit, wrap
from eventmgr.badges.layouts import A4, MM
from eventmgr.badges.pen import HAIRLINE, INK, MUTED, PAPER, Pen
from eventmgr.badges.signs import band

_LEFT, _RIGHT = 20.0, 190.0
_TEAR = 128.0
_TEXT = _LEFT + 9.0
_TEXT_WIDTH = (_TEAR - 7.0 - _TEXT) * MM
_CODE_SIDE = 45.0
_CODE_LEFT = (_TEAR + _RIGHT - _CODE_SIDE) / 2
_NOTE_TEXT = 66.0
_FOOT = 258.0
_RADIUS = 3.0
_CONFIRMED, _CONFIRMED_GROUND = "#0a6b4f", "#e3f3ec"

_HEADING = Ladder(whole=((28, 1), (24, 2), (20, 3)), broken=((20, 3), (16, 4)), leading=1.12)
_TITLE = Ladder(whole=((20, 3), (17, 4), (14, 6)), broken=((17, 4), (14, 6), (11, 9)), leading=1.18)


def draw(pen: Pen, ticket: Ticket) -> None:
    """Draw a ticket on the current page, whose upper left is the pen's origin."""
    _sheet(pen, ticket)
    heading = fit(ticket.heading, pen.display, _HEADING, (_RIGHT - _LEFT) * MM, 40 * MM)
    y = pen.block(_LEFT, 43.0, heading, pen.display)
    lead = wrap(ticket.lead, pen.light, 13, 135 * MM, leading=1.4)
    y = pen.block(_LEFT, y + 5.5, lead, pen.light) if lead.lines else y
    y = _card(pen, ticket, y + 11.0)
    y += 13.0
    for note in ticket.notes:
        y = _note(pen, ticket, note, y)


def _sheet(pen: Pen, ticket: Ticket) -> None:
    still = (ticket.programme, ticket.tagline, ticket.footer)
    pen.stamp(("sheet", *still), A4, lambda: _frame(pen, ticket))


def _frame(pen: Pen, ticket: Ticket) -> None:
    """What all tickets share: whose programme it is, the lines at the foot."""
    pen.mark(_LEFT - 1.0, 14.0, 12.0)
    pen.text(_LEFT + 15.0, 19.6, ticket.programme, pen.bold, 13)
    pen.text(_LEFT + 15.0, 24.6, ticket.tagline, pen.regular, 10, MUTED)
    band(pen, 271.0, A4[0])
    footer = wrap(ticket.footer, pen.regular, 9, (_RIGHT - _LEFT) * MM)
    pen.block(_LEFT, 280.0, footer, pen.regular, MUTED)


def _card(pen: Pen, ticket: Ticket, top: float) -> float:
    """Draw facts on the left, the code on the right; return where the card ends."""
    end = max(_facts(pen, ticket, top + 11.0) + 9.0, top + 92.0)
    _code(pen, ticket, (top + end) / 2)
    pen.dashes(_TEAR, top + 1.6, _TEAR, end)
    pen.card((_LEFT, top), (_RIGHT - _LEFT, end - top), _RADIUS, ticket.kind.colour, HAIRLINE)
    return end


def _facts(pen: Pen, ticket: Ticket, y: float) -> float:
    if ticket.kind.word:
        pen.shape(_TEXT, y, 3.4, ticket.kind.shape, ticket.kind.colour)
        pen.text(_TEXT + 5.4, y + 2.9, ticket.kind.word, pen.bold, 10.5, ticket.kind.colour)
        y += 9.0
    title = fit(ticket.title, pen.display, _TITLE, _TEXT_WIDTH, 42 * MM)
    y = pen.block(_TEXT, y, title, pen.display)
    for fact in ticket.facts:
        y = _fact(pen, fact, y + 5.0)
    return _state(pen, ticket.state, y + 6.0) if ticket.state else y


def _fact(pen: Pen, fact: Fact, y: float) -> float:
    pen.hairline(_TEXT, y, _TEXT_WIDTH / MM)
    parts: list[tuple[Block, str]] = [
        (wrap(fact.label, pen.regular, 9.5, _TEXT_WIDTH), MUTED),
        (wrap(fact.strong, pen.bold, 12, _TEXT_WIDTH, leading=1.3), INK),
        *((wrap(line, pen.regular, 11, _TEXT_WIDTH, leading=1.35), INK) for line in fact.lines),
    ]
    y += 5.0
    for number, (block, colour) in enumerate(parts):
        face = pen.bold if number == 1 else pen.regular
        y = pen.block(_TEXT, y, block, face, colour) + 1.5
    return y - 1.5


def _state(pen: Pen, word: str, y: float) -> float:
    """A quiet chip with a tick: this place is yours."""
    height = 7.4
    set_word = wrap(word, pen.bold, 10.5, _TEXT_WIDTH - 14 * MM)
    width = 10.4 + max(line.width for line in set_word.lines) * 10.5 / MM
    pen.bar(_TEXT, y, width, height, _CONFIRMED, radius=1.4)
    pen.bar(_TEXT + 0.25, y + 0.25, width - 0.5, height - 0.5, _CONFIRMED_GROUND, radius=1.2)
    pen.ring(_TEXT + 4.2, y + height / 2, 1.0, 2.0, _CONFIRMED)
    centre = y + height / 2
    tick = [(_TEXT + 3.2, centre), (_TEXT + 3.9, centre + 0.75), (_TEXT + 5.2, centre - 0.65)]
    pen.polyline(tick, 0.45, PAPER)
    pen.text(_TEXT + 7.6, centre + 1.28, word, pen.bold, 10.5)
    return y + height


def _code(pen: Pen, ticket: Ticket, centre: float) -> None:
    """The code with its short form below, as one group around the centre."""
    top = centre - 31.0
    middle = (_TEAR + _RIGHT) / 2
    pen.code(_CODE_LEFT, top, _CODE_SIDE, ticket.code)
    pen.text(middle, top + _CODE_SIDE + 10.5, ticket.code.label, pen.regular, 9.5, MUTED, 0.5)
    pen.text(middle, top + _CODE_SIDE + 17.0, ticket.code.short, pen.spaced, 16, INK, 0.5)


def _note(pen: Pen, ticket: Ticket, note: Note, y: float) -> float:
    """Title on the left, text on the right; a long one goes on over the page."""
    title = wrap(note.title, pen.bold, 10.5, (_NOTE_TEXT - _LEFT - 6) * MM, leading=1.3)
    text = wrap(note.text, pen.regular, 10.5, (_RIGHT - _NOTE_TEXT) * MM, leading=1.45)
    if y + 12.0 > _FOOT:
        y = _over(pen, ticket)
    pen.hairline(_LEFT, y, _RIGHT - _LEFT)
    y += 6.0
    lowest = pen.block(_LEFT, y, title, pen.bold)
    step = text.leading / MM
    for line in text.lines:
        if y + step > _FOOT:
            y, lowest = _over(pen, ticket), 0.0
        pen.block(_NOTE_TEXT, y, Block((line,), text.size, text.leading), pen.regular)
        y += step
    return max(y, lowest) + 3.0


def _over(pen: Pen, ticket: Ticket) -> float:
    """Go on with the next page."""
    pen.next_page(A4[1])
    _sheet(pen, ticket)
    return 43.0
