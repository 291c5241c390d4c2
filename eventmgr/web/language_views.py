"""The visible switch of the language."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from eventmgr.i18n import COOKIE, LANGUAGES
from eventmgr.settings import current_settings
from eventmgr.web.access import public
from eventmgr.web.redirects import local_target

bp = Blueprint("i18n", __name__)

YEAR = 365 * 24 * 3600


@bp.get("/language/<language>")
@public
def choose(language: str) -> ResponseReturnValue:
    """Remember the reader's choice in a cookie and go back to where they were."""
    if language not in LANGUAGES:
        abort(404)
    response = redirect(local_target(request.args.get("next", "")), 303)
    response.set_cookie(
        COOKIE,
        language,
        max_age=YEAR,
        secure=current_settings().cookie_secure,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
