"""The programme: series, events, sessions, venues and people; places, publishing, clash rules."""

from flask import Flask

from eventmgr.programme import agenda_views, manage_views, series_views, venue_views, views
from eventmgr.programme.publishing import init_publishing


def init(app: Flask) -> None:
    """Register this room's pages and tell the page cache of its changes."""
    init_publishing(app)
    for pages in (views, manage_views, agenda_views, series_views, venue_views):
        app.register_blueprint(pages.bp)
