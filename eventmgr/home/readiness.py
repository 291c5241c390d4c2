"""Whether this installation can do its work: for load balancers and for whoever watches it."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from eventmgr import schema
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.mail import service as mail
from eventmgr.web.access import public

bp = Blueprint("readiness", __name__)

LONGEST_WAIT = timedelta(hours=1)
"""A letter that is due for so long means that nobody delivers, or that no mail server takes it."""


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Answer 200 while the database fits this code and letters go out, else 503 and why."""
    problem = _problem()
    return ({"status": problem}, 503) if problem else {"status": "ok"}


def _problem() -> str:
    try:
        if not schema.is_current():
            return "database needs another version of this code, or eventmgr upgrade"
        oldest = mail.queue_state().oldest_due_at
    except SQLAlchemyError:
        db.session.rollback()
        return "database not ready"
    return "letters wait" if oldest and now() - oldest > LONGEST_WAIT else ""
