"""Olga of the project office, and browsers in which she is signed in."""

from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import guard, save_account, service
from eventmgr.db import transaction

EMAIL = "olga@example.org"
PASSWORD = "vier Worte in einer Reihe"


def an_account(email: str = EMAIL, *, name: str = "Olga Domaschk", password: str = PASSWORD) -> int:
    """Arrange an account inside an app context; return its id."""
    with transaction():
        return save_account(email, name=name, password=password).id


def sign_in(app: Flask, client: FlaskClient) -> FlaskClient:
    """Sign Olga in on this client, without the pages that do it."""
    with app.app_context():
        with transaction():
            account = save_account(EMAIL, name="Olga Domaschk")
            token = service.sign_in(account.id, agent="test")
        client.set_cookie(guard.cookie_name(), token)
    return client
