"""Error pages: a plain sentence in the reader's language that says what to do."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from eventmgr.db import db
from eventmgr.i18n import _l


@dataclass(frozen=True)
class Message:
    """What an error page says."""

    title: Any
    advice: Any


MESSAGES = {
    400: Message(
        _l("This request was not complete"), _l("Go back, reload the page and try again.")
    ),
    403: Message(
        _l("This page is not open to you"),
        _l("Sign in, or ask the project office for access."),
    ),
    404: Message(
        _l("There is no such page"),
        _l("Check the address, or find your event in the list of all events."),
    ),
    405: Message(
        _l("This page cannot be used like that"),
        _l("Go back and use the buttons on the page."),
    ),
    409: Message(
        _l("This can no longer be done"),
        _l("Something has changed meanwhile. Go back, reload the page and look at it again."),
    ),
    410: Message(
        _l("This address is no longer in use"),
        _l("You will find the new one on your personal page."),
    ),
    413: Message(_l("That was too much at once"), _l("Shorten your text and send it again.")),
    429: Message(_l("Too many tries"), _l("Wait a few minutes, then try again.")),
    500: Message(
        _l("Something went wrong on our side"),
        _l("Nothing of what you sent was half stored. Please try again in a minute."),
    ),
    503: Message(_l("We are very busy at the moment"), _l("Please try again in a minute.")),
}
FORM_TOO_OLD = Message(
    _l("This form lay open for too long"),
    _l("Go back, reload the page and send it again. Your browser keeps what you typed."),
)


def register(app: Flask) -> None:
    """Answer every HTTP error and every surprise with a page of ours."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(DataError, _not_storable)


def _page(code: int, message: Message) -> ResponseReturnValue:
    if request.path.startswith(("/api/", "/healthz", "/readyz")) or request.is_json:
        return {"error": str(message.title), "advice": str(message.advice)}, code
    return render_template("web/error.html", code=code, message=message), code


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error
    code = error.code or InternalServerError.code
    if isinstance(error, InternalServerError):
        db.session.rollback()
    return _page(code, MESSAGES.get(code, MESSAGES[400] if code < 500 else MESSAGES[500]))


def _form_too_old(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, FORM_TOO_OLD)


def _not_storable(error: DataError) -> ResponseReturnValue:
    """Say so where a database takes a value that no form of ours sends, such as a NUL."""
    db.session.rollback()
    current_app.logger.warning("database: %s", error.orig)
    return _page(400, MESSAGES[400])


def _database_busy(error: OperationalError) -> ResponseReturnValue:
    """Deadlock, full disk, lost connection: rolled back as a whole, so trying again is safe."""
    db.session.rollback()
    current_app.logger.error("database: %s", error.orig)
    return _page(503, MESSAGES[503])
