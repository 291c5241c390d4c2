"""The mailbox of the demonstration: letters that would have gone out, for everybody to open."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from eventmgr.home import letter_pages, outbox
from eventmgr.mail import service as mail
from eventmgr.web.access import demo
from eventmgr.web.paging import asked_page, asked_text

bp = Blueprint("mailbox", __name__, url_prefix="/demo/mailbox")

ID = "int(max=2147483647)"


@bp.get("")
@demo
def inbox() -> ResponseReturnValue:
    """List the letters, the newest first; all of them, or those to one reader."""
    reader = asked_text("to")
    letters, paging = outbox.find_letters(asked_page(), reader=reader)
    subjects = {letter.id: letter_pages.subject(letter) for letter in letters}
    return render_template(
        "home/mailbox/inbox.html", letters=letters, subjects=subjects, paging=paging, reader=reader
    )


@bp.get(f"/<{ID}:letter_id>")
@demo
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter as text, with the way to its HTML and its attachments."""
    found = mail.letter(letter_id) or abort(404)
    return render_template(
        "home/mailbox/letter.html", letter=found, shown=letter_pages.shown(found)
    )


@bp.get(f"/<{ID}:letter_id>/html")
@demo
def letter_html(letter_id: int) -> Response:
    """Show one letter exactly as a mail program would."""
    return letter_pages.as_sent(mail.letter(letter_id) or abort(404))


@bp.get(f"/<{ID}:letter_id>/event.ics")
@demo
def letter_calendar(letter_id: int) -> Response:
    """Return the calendar part of a letter."""
    found = mail.letter(letter_id) or abort(404)
    return letter_pages.calendar_of(found) or abort(404)
