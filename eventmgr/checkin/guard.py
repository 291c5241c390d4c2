"""Stands at the door: knows the device by its cookie, lets it to the door of its own event only."""

from datetime import timedelta
from typing import Any

from flask import g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from eventmgr.accounts import keys
from eventmgr.checkin import queries
from eventmgr.checkin.policy import Door
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.i18n import _
from eventmgr.settings import current_settings

COOKIE = "door"
PATH = "/door"
JSON_BLUEPRINT = "door_api"


def current_door() -> Door:
    """Return the door at which the device of this request stands."""
    door: Door = g.door
    return door


def take_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the event out of the address before any view; the gate compares it with the device's."""
    g.asked_slug = (values or {}).pop("slug", None)


def require_device() -> ResponseReturnValue | None:
    """Let a paired device in while its link works; anybody else reads that it has ended."""
    door = door_of_token(request.cookies.get(COOKIE, ""))
    if door is None or door.slug != g.asked_slug:
        return refusal(403)
    g.door = door
    g.actor = f"door:{door.device_id}"
    return None


def door_of_token(token: str) -> Door | None:
    """Return the door that a token opens at present, and keep its key for `note_use`."""
    key = keys.door_key(token) if token else None
    if key is None or key.event_id is None:
        return None
    db.session.expunge(key)  # else a transaction would read it again
    g.door_key = key
    return queries.door_of(key.event_id, device_id=key.id, device=key.name)


def note_use() -> None:
    """Note inside a transaction that the device of this request is in use."""
    keys.touch(g.door_key)


def refusal(code: int) -> ResponseReturnValue:
    """Say that the link has ended and who can give a new one."""
    if request.blueprint == JSON_BLUEPRINT:
        advice = _("This door link has ended. Ask the project office for a new one.")
        return jsonify(error=advice), code
    return render_template("checkin/ended.html"), code


def set_cookie(response: Response, token: str) -> None:
    """Make the browser a door device until the link ends; only the pages of the door see it."""
    left: timedelta = g.door_key.expires_at - now()
    response.set_cookie(
        COOKIE,
        token,
        max_age=left,
        path=PATH,
        secure=current_settings().cookie_secure,
        httponly=True,
        samesite="Lax",
    )
