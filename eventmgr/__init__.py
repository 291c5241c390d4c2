"""eventmgr runs the events of one public programme.

It schedules them, takes registrations, issues QR-coded badges, checks people in at the door and
publishes calendars.

Rooms, from the ground up; each imports only from rooms below it:

    db, clock, settings   tables and the one transaction; the time; what an installation may choose
    web, i18n, qr         pages as such: access, headers, cache, errors; languages; QR symbols
    mail                  the outbox of letters and its worker; knows no event
    accounts              people who sign in, keys, the history of changes
    programme             series, events, sessions, venues, people; places; publishing
    registration          sign-up, waiting list, personal pages, letters
    badges, checkin,      paper; the door; feeds
    calendars
    home, demo, server,   landing page and desk; the demonstration; the process that answers;
    cli                   commands

Inside a room: `models` (tables) ← `service` and `queries` (use cases and questions; know no
request) ← `forms` (shape of input) ← `views` (HTTP). A request goes views → forms → service →
models; look at `registration/` first. A view that changes something holds exactly one
`with transaction():`.
Settings are in `config.py`, pages in `templates/<room>/<view>.html`, tests in `tests/<room>/`.
"""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from eventmgr import accounts, badges, calendars, checkin, home, programme, registration
from eventmgr.db import init_db
from eventmgr.i18n import init_i18n
from eventmgr.settings import Settings, load_settings
from eventmgr.web import init_web
from eventmgr.web.application import Application

HERE = Path(__file__).parent
MAX_FORM_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for these settings, or for those of the working folder."""
    settings = settings or load_settings()
    inside = HERE / "templates"
    templates = inside if inside.is_dir() else HERE.parent / "templates"
    app = Application(__name__, template_folder=str(templates), static_folder=str(HERE / "static"))
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, **settings.engine_options},
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        SESSION_COOKIE_SECURE=settings.cookie_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.testing,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies)  # type: ignore[method-assign] # Flask's documented way
    init_db(app)
    init_web(app)
    init_i18n(app)
    for room in (accounts, programme, registration, badges, checkin, calendars, home):
        room.init(app)
    return app
