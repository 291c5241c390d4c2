"""Whose key this database was filled with: with another one, links and tickets would be dead."""

import sqlalchemy as sa

from eventmgr.accounts import tokens
from eventmgr.accounts.errors import OtherSecretKey
from eventmgr.accounts.models import Installation
from eventmgr.db import db, insert_once

ONLY = 1
"""The key of the one row."""


def ensure_same_key() -> None:
    """Remember the secret key at the first start. Raises OtherSecretKey where it has changed."""
    insert_once(Installation, id=ONLY, key_fingerprint=_fingerprint())
    if db.session.scalar(sa.select(Installation.key_fingerprint)) != _fingerprint():
        raise OtherSecretKey


def accept_key() -> None:
    """Take the present secret key for the right one from now on."""
    db.session.execute(sa.delete(Installation))
    ensure_same_key()


def _fingerprint() -> str:
    """Return what tells keys apart and gives none away."""
    return tokens.derive("fingerprint", "")
