"""The programme: series, events, sessions, venues and people; places, publishing, clash rules."""

from flask import Flask

from eventmgr.programme import views
from eventmgr.programme.publishing import init_publishing


def init(app: Flask) -> None:
    """Register this room's pages and tell the page cache of its changes."""
    init_publishing(app)
    app.register_blueprint(views.bp)
