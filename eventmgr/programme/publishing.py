"""Tells the page cache when the programme changes."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from eventmgr.db import db
from eventmgr.programme import service
from eventmgr.web import page_cache


def init_publishing(app: Flask) -> None:
    """Give the page cache the version, to be read anew after a commit that raised it."""
    page_cache.use_version(app, service.version)
    if not sa.event.contains(db.session, "after_commit", _after_commit):
        sa.event.listen(db.session, "after_commit", _after_commit)


def _after_commit(session: Session) -> None:
    if session.info.pop("forget_version", False):
        page_cache.forget_version()
