"""The history: one line per change, written in the transaction of the change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import g

from eventmgr.accounts.models import Account, Change
from eventmgr.clock import now
from eventmgr.db import db, run
from eventmgr.i18n import _

_change = Change.metadata.tables["change"]
_RECORD = sa.insert(_change)
"""A plain insert: history is written on the hot paths too."""


def actor() -> str:
    """Return who acts in this request, command or worker step."""
    return str(g.get("actor", "attendee"))


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Write `name` as the actor of everything recorded inside."""
    before = g.get("actor")
    g.actor = name
    try:
        yield
    finally:
        if before is None:
            g.pop("actor", None)
        else:
            g.actor = before


def record(subject: str, subject_id: int, what: str, **details: Any) -> None:  # noqa: ANN401 - JSON
    """Add a line of history."""
    about = {"subject": subject, "subject_id": subject_id}
    run(_RECORD, at=now(), actor=actor(), **about, what=what, details=details)


def forget_details(subject: str, ids: Sequence[int]) -> None:
    """Empty what these lines say of people; that and when something happened stays."""
    of_them = sa.and_(_change.c.subject == subject, _change.c.subject_id.in_(ids))
    db.session.execute(sa.update(_change).where(of_them).values(details={}))


def changes_of(subject: str, subject_id: int, limit: int = 100) -> list[Change]:
    """Return the history of one object, newest first."""
    query = sa.select(Change).where(Change.subject == subject, Change.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(Change.id.desc()).limit(limit)))


def actor_names(changes: Iterable[Change]) -> Callable[[str], str]:
    """Return what tells the name of each actor in these lines, after one question for all."""
    accounts = {change.actor for change in changes if change.actor.startswith("account:")}
    ids = [int(actor.removeprefix("account:")) for actor in accounts]
    query = sa.select(Account.id, Account.name).where(Account.id.in_(ids))
    names = {f"account:{account_id}": name for account_id, name in db.session.execute(query)}
    names |= {"attendee": _("themselves"), "worker": _("automatically"), "cli": _("command line")}

    def name(actor: str) -> str:
        return names.get(actor, _("at the door") if actor.startswith("door:") else actor)

    return name
