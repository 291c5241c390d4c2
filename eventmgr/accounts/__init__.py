"""Accounts: people who sign in, keys that are handed out, the history of changes.

Start reading at `views`: a sign-in counts the try (`tries`), compares the password (`passwords`)
and opens a row for the browser (`sessions`). `guard` asks for it before each page of the desk.
Why it is our own: docs/decisions/0003-own-accounts.md.
"""

from flask import Flask

from eventmgr.accounts import guard, views
from eventmgr.accounts.errors import OtherSecretKey, WeakPassword
from eventmgr.accounts.guard import current_account
from eventmgr.accounts.installation import accept_key, ensure_same_key
from eventmgr.accounts.keys import make_door_key
from eventmgr.accounts.service import (
    account_by_email,
    disable_account,
    make_sign_in_link,
    save_account,
)
from eventmgr.accounts.tries import forget_old_tries
from eventmgr.web.access import register_check

__all__ = [
    "OtherSecretKey",
    "WeakPassword",
    "accept_key",
    "account_by_email",
    "current_account",
    "disable_account",
    "ensure_same_key",
    "forget_old_tries",
    "init",
    "make_door_key",
    "make_sign_in_link",
    "save_account",
]


def init(app: Flask) -> None:
    """Register this room's pages and say who counts as an organiser."""
    register_check(app, "organiser", guard.require_organiser)
    app.register_blueprint(views.bp)
