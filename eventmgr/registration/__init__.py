"""Sign-up, the waiting list, personal pages, letters, and the lists that the office works on."""

from flask import Flask

from eventmgr.registration import manage_views
from eventmgr.registration.service import expire_holds

__all__ = ["expire_holds", "init"]


def init(app: Flask) -> None:
    """Register this room's pages."""
    app.register_blueprint(manage_views.bp)
