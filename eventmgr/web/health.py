"""Whether the process lives, and whether it can do its work."""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from eventmgr.db import db
from eventmgr.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer as soon as the process can."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Answer 200 once the database can be asked, else 503."""
    try:
        db.session.execute(sa.text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "database not ready"}, 503
    return {"status": "ok"}
