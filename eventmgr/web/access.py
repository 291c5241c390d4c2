"""Fail-closed access: every endpoint says who may call it, or nobody may.

The decorators only mark a view. One `before_request` gate reads the mark and asks the check that
the package which knows these people has registered with `register_check`.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, request

from eventmgr.settings import current_settings

View = Callable[..., Any]
Check = Callable[[], Any]
"""Returns None to let the request in, or a response that refuses it."""

MARK = "eventmgr_access"


def _marker(level: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, MARK, level)
        return view

    return mark


public = _marker("public")
"""Anybody; no cookie is read."""
attendee = _marker("attendee")
"""Whoever holds the token in the address; the view looks it up and answers 404 otherwise."""
door = _marker("door")
"""A paired door device."""
organiser = _marker("organiser")
"""A person who is signed in."""
demo = _marker("demo")
"""Anybody, but only while the installation is a demonstration."""


def register_check(app: Flask, level: str, check: Check) -> None:
    """Say how a level is checked; done once per level by the package that knows."""
    app.extensions.setdefault("access_checks", {})[level] = check


def level_of(app: Flask, endpoint: str) -> str | None:
    """Return the declared level of an endpoint, None if it has none."""
    if endpoint == "static":
        return "public"
    return getattr(app.view_functions.get(endpoint), MARK, None)


def init_access(app: Flask) -> None:
    """Install the gate."""
    for level in ("public", "attendee"):
        register_check(app, level, lambda: None)
    register_check(app, "demo", _refuse_outside_demo)

    @app.before_request
    def gate() -> Any:  # noqa: ANN401 - a response or nothing
        if request.endpoint is None:
            return None  # Flask answers 404 or 405 itself
        if "\0" in request.path:
            abort(404)  # no name holds one, and PostgreSQL refuses to look
        check = app.extensions["access_checks"].get(level_of(app, request.endpoint))
        return check() if check else abort(403)


def _refuse_outside_demo() -> None:
    if not current_settings().demo:
        abort(404)
