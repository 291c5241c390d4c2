"""What every page shares: access gate, security headers, page cache, error pages, text filters."""

from flask import Flask

from eventmgr.web import errors, health, language_views, page_cache, text
from eventmgr.web.access import init_access
from eventmgr.web.assets import init_assets
from eventmgr.web.headers import init_headers


def init_web(app: Flask) -> None:
    """Install all of it on the app."""
    init_headers(app)
    init_access(app)
    init_assets(app)
    page_cache.init_page_cache(app)
    errors.register(app)
    text.register(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(language_views.bp)
    app.jinja_env.globals["settings"] = app.extensions["settings"]
