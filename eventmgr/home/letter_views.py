"""The outbox on the desk: what went out, what waits, what failed, and sending it again."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.home import letter_pages, outbox
from eventmgr.i18n import _
from eventmgr.mail import service as mail
from eventmgr.web.access import organiser
from eventmgr.web.paging import asked_page

bp = Blueprint("letters", __name__, url_prefix="/manage/letters")

ID = "int(max=2147483647)"


@bp.get("")
@organiser
def letters() -> ResponseReturnValue:
    """List the letters by state, and say how long the queue is."""
    state = request.args.get("state", "")
    state = state if state in outbox.STATES else ""
    found, paging = outbox.find_letters(asked_page(), state=state)
    return render_template(
        "home/desk/letters.html",
        letters=found,
        paging=paging,
        state=state,
        queue=mail.queue_state(),
        name_of=letter_pages.letter_name,
    )


@bp.get(f"/<{ID}:letter_id>")
@organiser
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter with what became of it."""
    found = mail.letter(letter_id) or abort(404)
    return render_template(
        "home/desk/letter.html",
        letter=found,
        shown=letter_pages.shown(found),
        name=letter_pages.letter_name(found),
        may_send_again=outbox.may_send_again(found),
    )


@bp.get(f"/<{ID}:letter_id>/html")
@organiser
def letter_html(letter_id: int) -> Response:
    """Show one letter exactly as a mail program would."""
    return letter_pages.as_sent(mail.letter(letter_id) or abort(404))


@bp.post(f"/<{ID}:letter_id>/send-again")
@organiser
def send(letter_id: int) -> ResponseReturnValue:
    """Put a letter back into the queue."""
    with transaction():
        found = mail.letter(letter_id) or abort(404)
        is_queued = outbox.send_again(found)
    if is_queued:
        flash(_("The letter is in the queue again and goes out in a moment."), "success")
    elif found.is_emptied:
        flash(letter_pages.emptied(), "info")
    else:
        flash(_("This letter is in the queue already."), "info")
    return redirect(url_for(".letter", letter_id=letter_id), 303)
