"""Calendars and news feeds that other programs subscribe to."""

from flask import Flask

from eventmgr.calendars.views import bp


def init(app: Flask) -> None:
    """Register the addresses of the feeds."""
    app.register_blueprint(bp)
