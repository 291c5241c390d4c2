"""The door: devices are paired by a link, scan or look people up, and every try leaves a row.

Start reading at `service.check_in`; `policy` says who may come in, `wording` how the door says it.
The script of the page is in `frontend/door/`.
"""

from flask import Flask

from eventmgr.checkin import api_views, guard, manage_views, views
from eventmgr.web.access import register_check


def init(app: Flask) -> None:
    """Register this room's pages and say what counts as a device at the door."""
    register_check(app, "door", guard.require_device)
    for blueprint in (views.bp, api_views.bp, manage_views.bp):
        app.register_blueprint(blueprint)
