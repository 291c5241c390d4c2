"""Accounts of the project office: created, signed in with a password or a one-time link."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from eventmgr.accounts import history, passwords, sessions, tokens
from eventmgr.accounts.models import Account, Key, KeyKind
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.settings import current_settings

LINK_LIFETIME = timedelta(hours=24)


def save_account(email: str, *, name: str, password: str | None = None) -> Account:
    """Create an account, or give it a new name and password; without one only links open it.

    A new password signs all its browsers out. Raises WeakPassword.
    """
    address = address_key(email)
    account = account_by_email(address)
    if account is None:
        account = Account(email=address, name=name, created_at=now())
        db.session.add(account)
    account.name = name
    account.disabled_at = None
    if password is not None:
        _store_password(account, password)
    db.session.flush()
    if password is not None:
        sessions.close_all(account.id)
    history.record("account", account.id, "saved", has_password=password is not None)
    return account


def disable_account(email: str) -> bool:
    """Let nobody in by this account any more, and sign its browsers out; False if there is none.

    Saving it again with a password opens it again.
    """
    account = account_by_email(email)
    if account is None:
        return False
    account.disabled_at = account.disabled_at or now()
    db.session.flush()
    sessions.close_all(account.id)
    history.record("account", account.id, "disabled")
    return True


def address_key(email: str) -> str:
    """Return the form in which an address is stored and looked up."""
    visible = "".join(c for c in email if c.isprintable())
    return unicodedata.normalize("NFC", visible.strip()).casefold()


def account_by_email(email: str) -> Account | None:
    """Return the account of an address, disabled or not."""
    return db.session.scalar(sa.select(Account).where(Account.email == address_key(email)))


def account_with_password(email: str, password: str) -> int | None:
    """Return the id of the account that these two open; takes as long where there is none.

    Slow on purpose, so it stands outside any transaction.
    """
    account = account_by_email(email)
    stored = account.password_hash if account and account.disabled_at is None else None
    account_id = account.id if account else None
    db.session.rollback()  # no snapshot or connection is held while the password is compared
    return account_id if passwords.is_right(password, stored) else None


def sign_in(account_id: int, *, agent: str, password: str | None = None) -> str:
    """Open a session on a browser; returns the token that its cookie carries."""
    account = db.session.get_one(Account, account_id)
    if password and account.password_hash and passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hashed(password)
    return sessions.open_session(account.id, agent=agent)


def change_password(account_id: int, password: str) -> None:
    """Give the account a new password and sign all its browsers out. Raises WeakPassword."""
    account = db.session.get_one(Account, account_id)
    _store_password(account, password)
    db.session.flush()
    sessions.close_all(account.id)
    history.record("account", account.id, "password changed")


def has_password(account_id: int) -> bool:
    """Whether the account can be opened without a link."""
    stored = sa.select(Account.password_hash).where(Account.id == account_id)
    return db.session.scalar(stored) is not None


def make_sign_in_link(account: Account, *, token: str | None = None) -> str:
    """Return an address that signs one browser in, once, within a day.

    Only the demonstration, which shows the same link until it is used, brings a token of its own.
    """
    token = token or tokens.new_token()
    moment = now()
    db.session.add(
        Key(
            kind=KeyKind.SIGN_IN,
            token_hash=tokens.digest(token),
            account_id=account.id,
            created_at=moment,
            expires_at=moment + LINK_LIFETIME,
        )
    )
    db.session.flush()
    history.record("account", account.id, "sign-in link made")
    return sign_in_address(token)


def sign_in_address(token: str) -> str:
    """Return where a sign-in link leads."""
    return f"{current_settings().public_url}/account/sign-in/{token}"


def is_link_usable(token: str) -> bool:
    """Whether a sign-in link would still open its account."""
    return db.session.scalar(sa.select(Key.id).where(*_usable(token))) is not None


def spend_link(token: str) -> int | None:
    """Use a sign-in link up; returns its account for whoever comes first, None for all others."""
    spend = sa.update(Key).where(*_usable(token)).values(used_at=now()).returning(Key.account_id)
    account_id = db.session.scalar(spend.execution_options(synchronize_session=False))
    if account_id is not None:
        history.record("account", account_id, "sign-in link used")
    return account_id


def _usable(token: str) -> Iterator[sa.ColumnElement[bool]]:
    yield Key.token_hash == tokens.digest(token)
    yield Key.kind == KeyKind.SIGN_IN
    yield Key.used_at.is_(None)
    yield Key.revoked_at.is_(None)
    yield Key.expires_at > now()
    yield Key.account_id.in_(sa.select(Account.id).where(Account.disabled_at.is_(None)))


def _store_password(account: Account, password: str) -> None:
    passwords.check_password(password, known_words=_known_words(account))
    account.password_hash = passwords.hashed(password)


def _known_words(account: Account) -> Iterator[str]:
    yield from account.name.split()
    yield from account.email.replace("@", " ").replace(".", " ").split()
    for name in current_settings().programme_name.values():
        yield from name.split()
