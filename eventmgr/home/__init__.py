"""The way in: landing page, pages the law asks for, the organisers' desk."""

from flask import Flask

from eventmgr.home import desk_views, letter_views, mailbox_views, readiness, views


def init(app: Flask) -> None:
    """Register this room's pages."""
    for blueprint in (views.bp, desk_views.bp, letter_views.bp, mailbox_views.bp, readiness.bp):
        app.register_blueprint(blueprint)
