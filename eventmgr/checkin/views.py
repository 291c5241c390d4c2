"""Pages of the door: pairing a device, and the scanner, which also works without its script."""

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from eventmgr.accounts import tokens
from eventmgr.checkin import codes, guard, queries, service, wording
from eventmgr.checkin.errors import NonceTaken, NothingToUndo
from eventmgr.checkin.forms import TypedForm, UseLinkForm, is_nonce
from eventmgr.checkin.queries import ScanResult
from eventmgr.checkin.script_words import script_words
from eventmgr.checkin.service import Scan
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.web.access import door, public
from eventmgr.web.headers import SCANNER_POLICY

bp = Blueprint("checkin", __name__, url_prefix=guard.PATH)
bp.url_value_preprocessor(guard.take_slug)


@bp.get("/open/<string(minlength=20):token>")
@public
def look_at_link(token: str) -> ResponseReturnValue:
    """Show the button that makes this browser a device at the door."""
    found = guard.door_of_token(token)
    if found is None:
        return guard.refusal(410)
    return render_template("checkin/open.html", form=UseLinkForm(), door=found, token=token)


@bp.post("/open/<string(minlength=20):token>")
@public
def open_door(token: str) -> ResponseReturnValue:
    """Give the browser its cookie."""
    found = guard.door_of_token(token)
    if found is None:
        return guard.refusal(410)
    with transaction():
        guard.note_use()
    response = redirect(url_for(".scanner", slug=found.slug), 303)
    guard.set_cookie(response, token)
    return response


@bp.get("/<slug>")
@door
def scanner() -> ResponseReturnValue:
    """Show the scanner, and the people found where a name was typed."""
    return _page(words=request.args.get("q", ""))


@bp.post("/<slug>")
@door
def type_code() -> ResponseReturnValue:
    """Take what was typed as a code, or look it up as a name."""
    form = TypedForm()
    if not form.validate():
        return _page(form=form), 422
    typed = form.text()
    if codes.could_be_a_name(typed):
        return redirect(url_for(".scanner", slug=guard.current_door().slug, q=typed), 303)
    scan = _scan(form.nonce.data, typed)
    with transaction():
        guard.note_use()
        result = service.check_in(guard.current_door(), scan, typed)
    return _redirect_to(result)


@bp.post("/<slug>/people/<int(max=2147483647):registration_id>")
@door
def admit(registration_id: int) -> ResponseReturnValue:
    """Let in somebody from the list of people found."""
    scan = _scan(TypedForm().nonce.data, f"person {registration_id}")
    with transaction():
        guard.note_use()
        result = service.check_in_person(guard.current_door(), scan, registration_id)
    return _redirect_to(result)


@bp.get("/<slug>/scans/<nonce>")
@door
def show_scan(nonce: str) -> ResponseReturnValue:
    """Show what a scan came to, ready for the next one."""
    try:
        result = queries.result_of(guard.current_door(), nonce) if is_nonce(nonce) else None
    except NonceTaken:
        result = None
    if result is None:
        abort(404)
    return _page(answer=wording.answer(guard.current_door(), result))


@bp.post("/<slug>/scans/<nonce>/undo")
@door
def undo(nonce: str) -> ResponseReturnValue:
    """Take back the admission that a scan gave."""
    if not is_nonce(nonce):
        abort(404)
    scan = _scan(nonce, "undo")
    try:
        with transaction():
            guard.note_use()
            result = service.undo(guard.current_door(), scan, nonce)
    except NothingToUndo:
        return _page(notice=_("There is nothing to undo any more.")), 409
    return _redirect_to(result)


def _redirect_to(result: ScanResult) -> ResponseReturnValue:
    slug = guard.current_door().slug
    return redirect(url_for(".show_scan", slug=slug, nonce=result.nonce), 303)


def _scan(form_nonce: str | None, what: str) -> Scan:
    """Return the scan of a form: sent twice it is the same one, with another text it is another."""
    nonce = tokens.digest(f"{form_nonce} {what}")[:32] if form_nonce else tokens.new_nonce()
    return Scan(nonce, now())


def _page(
    *,
    form: TypedForm | None = None,
    words: str = "",
    answer: wording.Answer | None = None,
    notice: str = "",
) -> Response:
    """Render the scanner with what is to be shown on it."""
    at_door = guard.current_door()
    found = queries.find_people(at_door, words)
    page = render_template(
        "checkin/scanner.html",
        door=at_door,
        count=queries.count(at_door),
        form=form or TypedForm(formdata=None, nonce=tokens.new_nonce()),
        words=words,
        people=[wording.row(at_door, person) for person in found],
        answer=answer,
        notice=notice,
        script_words=script_words(),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = SCANNER_POLICY
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return response
