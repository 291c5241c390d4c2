"""Paper: badges and tickets as PDF, from registrations to bytes.

Start reading at `views`: `service` makes plain `badge.Badge` and `badge.Ticket` values, and `pdf`
draws them without a database. `a6`, `label` and `ticket` are the designs, `pen` draws their parts
in millimetres, `fitting` finds the largest size that fits, `text` and `fonts` set any script.
"""

from flask import Flask

from eventmgr.badges import views


def init(app: Flask) -> None:
    """Register this room's pages."""
    app.register_blueprint(views.bp)
