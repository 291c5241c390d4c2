"""Whether the process lives; whether it can do its work is asked at `/readyz` (home.readiness)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from eventmgr.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer as soon as the process can."""
    return {"status": "ok"}
