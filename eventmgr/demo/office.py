"""The demonstration's office and its ways in, the same at each start while they work."""

from datetime import timedelta

import sqlalchemy as sa

from eventmgr import accounts
from eventmgr.accounts import keys, service, tokens
from eventmgr.accounts.models import Account, Key, KeyKind
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.i18n import _
from eventmgr.programme import queries

OFFICE = "office@mail.example"


def is_demonstration() -> bool:
    """Whether what is loaded is the demonstration, known by its office account."""
    return accounts.account_by_email(OFFICE) is not None


def office_account() -> Account:
    """Return the account of the demonstration's office."""
    account = accounts.account_by_email(OFFICE)
    if account is None:
        raise LookupError(OFFICE)
    return account


def office_link() -> str:
    """Return an address that opens the desk; a new one only when the last is used or too old."""
    account = office_account()
    made = _count(sa.and_(Key.account_id == account.id, Key.kind == KeyKind.SIGN_IN))
    last = tokens.derive("demo office", str(made))
    if service.is_link_usable(last):
        return service.sign_in_address(last)
    return accounts.make_sign_in_link(account, token=tokens.derive("demo office", str(made + 1)))


def door_token() -> str | None:
    """Return the token for the door of the next event, None where no event is left."""
    coming = [event for event in queries.coming_events(limit=5) if not event.is_cancelled]
    if not coming:
        return None
    event = coming[0]
    made = _count(Key.event_id == event.id)
    last = tokens.derive("demo door", f"{event.id}:{made}")
    if keys.door_key(last):
        return last
    ends_at = max(event.ends_at, now()) + timedelta(days=1)
    fresh = tokens.derive("demo door", f"{event.id}:{made + 1}")
    return accounts.make_door_key(event.id, _("Main entrance"), ends_at, token=fresh)


def _count(condition: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count(Key.id)).where(condition)) or 0
