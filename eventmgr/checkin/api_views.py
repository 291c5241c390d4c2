"""What the script of the scanner asks: JSON in, JSON out, never without the device's cookie."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from eventmgr.checkin import forms, guard, queries, service, wording
from eventmgr.checkin.errors import NonceTaken, NothingToUndo
from eventmgr.checkin.policy import Door
from eventmgr.checkin.queries import Count, ScanResult
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.web.access import door
from eventmgr.web.headers import csrf

bp = Blueprint(guard.JSON_BLUEPRINT, __name__, url_prefix="/door/<slug>")
bp.url_value_preprocessor(guard.take_slug)
csrf.exempt(bp)  # only JSON is read here, which no form of another site can send


@bp.post("/scans")
@door
def scan() -> ResponseReturnValue:
    """Record a scanned code, or a tap on a name, and say what it came to."""
    message = forms.scan_message(_body())
    at_door = guard.current_door()
    with transaction():
        guard.note_use()
        if message.registration_id is None:
            result = service.check_in(at_door, message.scan, message.code)
        else:
            result = service.check_in_person(at_door, message.scan, message.registration_id)
        count = queries.count(at_door)
    return jsonify(_told(at_door, result, count))


@bp.post("/undo")
@door
def undo() -> ResponseReturnValue:
    """Take back the admission that a scan gave."""
    message, undone = forms.undo_message(_body())
    at_door = guard.current_door()
    with transaction():
        guard.note_use()
        result = service.undo(at_door, message, undone)
        count = queries.count(at_door)
    return jsonify(_told(at_door, result, count))


@bp.get("/state")
@door
def state() -> ResponseReturnValue:
    """Tell how many are in; 304 while nothing changed."""
    response = jsonify(asdict(queries.count(guard.current_door())))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/search")
@door
def search() -> ResponseReturnValue:
    """Return people of this event by name."""
    at_door = guard.current_door()
    found = queries.find_people(at_door, request.args.get("q", ""))
    return jsonify(people=[asdict(wording.row(at_door, person)) for person in found])


def _body() -> bytes:
    if not request.is_json:
        raise forms.BadMessage(_("Send JSON."))
    return request.get_data(cache=False)


def _told(at_door: Door, result: ScanResult, count: Count) -> dict[str, Any]:
    return asdict(wording.answer(at_door, result)) | asdict(count)


@bp.errorhandler(forms.BadMessage)
def bad_message(error: forms.BadMessage) -> ResponseReturnValue:
    """Say what is wrong with a message; sending it again would not help."""
    return _refused(str(error.args[0]), 400)


@bp.errorhandler(NonceTaken)
def nonce_taken(_error: NonceTaken) -> ResponseReturnValue:
    """Refuse a nonce from another door."""
    return _refused(_("This scan was sent to the door of another event."), 409)


@bp.errorhandler(NothingToUndo)
def nothing_to_undo(_error: NothingToUndo) -> ResponseReturnValue:
    """Refuse to undo what is not there."""
    return _refused(_("There is nothing to undo any more."), 409)


def _refused(text: str, code: int) -> tuple[Response, int]:
    return jsonify(error=text), code
