"""Sign-up, the waiting list, personal pages, letters, and the lists that the office works on."""

from flask import Flask

from eventmgr.registration import event_views, manage_views, question_views, views
from eventmgr.registration.erasing import forget_needs, forget_people
from eventmgr.registration.service import expire_holds
from eventmgr.web.headers import csrf

__all__ = ["expire_holds", "forget_needs", "forget_people", "init"]


def init(app: Flask) -> None:
    """Register this room's pages."""
    app.register_blueprint(views.bp)
    csrf.exempt(views.bp)
    app.register_blueprint(manage_views.bp)
    app.register_blueprint(event_views.bp)
    app.register_blueprint(question_views.bp)
