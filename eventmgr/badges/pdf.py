"""Badges and tickets as PDF: plain values in, bytes out, the same bytes for the same values."""

import io
import threading
from collections.abc import Sequence
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from eventmgr.badges import a6, label, ticket
from eventmgr.badges.badge import Badge, Ticket
from eventmgr.badges.fonts import BUILT, fonts_in
from eventmgr.badges.layouts import A4, MM, Layout
from eventmgr.badges.pen import Pen

# Bytes are a fifth smaller than their text form, and comments would name folders of this machine.
rl_config.useA85 = 0
rl_config.pdfComments = 0

_DESIGNS = {"a6": a6.draw, "label": label.draw}
# reportlab reads glyphs through one file position for each font, shared by all threads.
_EMBEDDING = threading.Lock()


def render_badges(badges: Sequence[Badge], layout: Layout, fonts: Path = BUILT) -> bytes:
    """All badges in their order on as many sheets as it takes; for nobody, one empty sheet."""
    title, language = (badges[0].event_title, badges[0].language) if badges else ("", "")
    paper = _Paper(layout.page, title, language, fonts)
    draw = _DESIGNS[layout.design]
    for first in range(0, max(len(badges), 1), layout.per_page):
        if first:
            paper.pen.next_page(layout.page[1])
        _cut_lines(paper.pen, layout)
        sheet = badges[first : first + layout.per_page]
        for badge, corner in zip(sheet, layout.corners(), strict=False):
            with paper.pen.field(*corner):
                draw(paper.pen, badge)
    return paper.finished()


def render_ticket(one: Ticket, fonts: Path = BUILT) -> bytes:
    """One ticket on a page of A4."""
    return render_tickets([one], fonts)


def render_tickets(tickets: Sequence[Ticket], fonts: Path = BUILT) -> bytes:
    """Tickets in their order, each on a page of its own."""
    title, language = (tickets[0].title, tickets[0].language) if tickets else ("", "")
    paper = _Paper(A4, title, language, fonts)
    for number, one in enumerate(tickets):
        if number:
            paper.pen.next_page(A4[1])
        ticket.draw(paper.pen, one)
    return paper.finished()


class _Paper:
    """One PDF being written, from its first page to its bytes."""

    def __init__(self, page: tuple[float, float], title: str, language: str, fonts: Path) -> None:
        self._file = io.BytesIO()
        size = (page[0] * MM, page[1] * MM)
        # Invariant: no time stamp and no random id, so that equal input gives equal bytes.
        self._canvas = Canvas(
            self._file, pagesize=size, pageCompression=1, invariant=1, lang=language or None
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("eventmgr")
        self.pen = Pen(self._canvas, fonts_in(fonts))
        self._canvas.translate(0, size[1])

    def finished(self) -> bytes:
        """Close the last page, embed what was used of each font and return the file."""
        self._canvas.showPage()
        with _EMBEDDING:
            self._canvas.save()
        return self._file.getvalue()


def _cut_lines(pen: Pen, layout: Layout) -> None:
    """Dash the edges between cells, and around them where the sheet has a margin."""
    if not layout.has_cut_lines:
        return
    width, height = layout.page
    for column in range(layout.columns + 1):
        x = layout.left + column * layout.cell[0]
        if 0 < x < width:
            pen.dashes(x, 0, x, height)
    for row in range(layout.rows + 1):
        y = layout.top + row * layout.cell[1]
        if 0 < y < height:
            pen.dashes(0, y, width, y)
