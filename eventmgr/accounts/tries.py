"""Tries to sign in, and sign-ups of a network: counted in one statement, parallel or not."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from eventmgr.accounts import tokens
from eventmgr.accounts.models import Attempt
from eventmgr.clock import now
from eventmgr.db import Instant, db, run
from eventmgr.settings import current_settings

FREE_FOR_ACCOUNT = 5
FREE_FOR_NETWORK = 30
"""A whole office may stand behind one address."""
QUIET = timedelta(hours=1)
"""After so long without a try, counting begins anew."""
LONGEST_BLOCK = timedelta(minutes=15)
KEPT = timedelta(days=1)

UNBLOCKED = timedelta(minutes=1)
"""So far in the past ends no block, also where two processes' clocks differ a little."""

_DOUBLINGS = LONGEST_BLOCK.seconds.bit_length()
_attempt = Attempt.metadata.tables["attempt"]
_When = tuple[sa.ColumnElement[bool], sa.ColumnElement[datetime]]


def count_try(*, account: str, network: str) -> int:
    """Count a try; returns 0 if it may go on, else the seconds to wait.

    The network comes first, so that one which is blocked cannot also lock people's accounts.
    """
    wait = _count(_key("network", network), FREE_FOR_NETWORK)
    return wait or _count(_key("account", account), FREE_FOR_ACCOUNT)


def forget_try(*, account: str, network: str) -> None:
    """Take back what a right password was counted as, and throw away what is long past."""
    of_network = sa.and_(Attempt.key == _key("network", network), Attempt.failures > 0)
    db.session.execute(
        sa.update(Attempt).where(of_network).values(failures=Attempt.failures - 1),
        execution_options={"synchronize_session": False},
    )
    of_account = Attempt.key == _key("account", account)
    is_past = Attempt.last_at < now() - KEPT
    db.session.execute(
        sa.delete(Attempt).where(sa.or_(of_account, is_past)),
        execution_options={"synchronize_session": False},
    )


def count_sign_up(network: str) -> int:
    """Count a sign-up of this network; returns 0 if it may go on, else the seconds to wait.

    An hour begins with the first one. In the sign-up's own transaction, so that one that is
    refused for any reason is not counted.
    """
    limit = current_settings().sign_ups_per_hour
    if not limit:
        return 0
    moment = now()
    counted = _counted_sign_up(db.engine.dialect.name)
    asked = {"key": _key("sign-up", network), "moment": moment, "until": moment + QUIET}
    row = run(counted, **asked).one()
    return _seconds(row.blocked_until - moment) if row.failures > limit else 0


@cache
def _counted_sign_up(dialect: str) -> sa.Executable:
    """Put the statement together once: it belongs to the hot path."""
    moment = sa.bindparam("moment", type_=Instant())
    until = sa.bindparam("until", type_=Instant())
    is_over = Attempt.blocked_until <= moment
    first = {"failures": 1, "blocked_until": until, "last_at": moment}
    return (
        _insert(dialect)
        .values(key=sa.bindparam("key"), **first)
        .on_conflict_do_update(
            index_elements=[Attempt.key],
            set_={
                "failures": sa.case((is_over, 1), else_=Attempt.failures + 1),
                "blocked_until": sa.case((is_over, until), else_=Attempt.blocked_until),
                "last_at": moment,
            },
        )
        .returning(_attempt.c.failures, _attempt.c.blocked_until)
    )


def forget_old_tries() -> int:
    """Throw away what was counted before yesterday; returns how much."""
    old = sa.delete(Attempt).where(Attempt.last_at < now() - KEPT).returning(Attempt.id)
    return len(db.session.scalars(old, execution_options={"synchronize_session": False}).all())


def _insert(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Insert into the table: of the class, parallel first ones make SQLAlchemy warn."""
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(_attempt)


def _seconds(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))


def _count(key: str, free: int) -> int:
    moment = now()
    past = moment - UNBLOCKED
    is_first_again = Attempt.last_at < moment - QUIET
    counted = (
        _insert(db.engine.dialect.name)
        .values(key=key, failures=1, blocked_until=past, last_at=moment)
        .on_conflict_do_update(
            index_elements=[Attempt.key],
            set_={
                "failures": sa.case((is_first_again, 1), else_=Attempt.failures + 1),
                "blocked_until": sa.case(
                    (is_first_again, _instant(past)),
                    *_blocks(free, moment),
                    else_=_instant(moment + LONGEST_BLOCK),
                ),
                "last_at": moment,
            },
            where=Attempt.blocked_until <= moment,
        )
        .returning(_attempt.c.failures)
    )
    if db.session.scalar(counted) is not None:
        return 0
    until = db.session.scalars(sa.select(Attempt.blocked_until).where(Attempt.key == key)).one()
    return _seconds(until - moment)


def _blocks(free: int, moment: datetime) -> Iterator[_When]:
    """Say by the failures so far until when the next try must wait: 2, 4, 8 … seconds."""
    yield Attempt.failures < free, _instant(moment - UNBLOCKED)
    for number, seconds in enumerate(2**power for power in range(1, _DOUBLINGS)):
        yield Attempt.failures == free + number, _instant(moment + timedelta(seconds=seconds))


def _instant(moment: datetime) -> sa.ColumnElement[datetime]:
    return sa.literal(moment, Instant())


def _key(kind: str, name: str) -> str:
    """Return the row's key; what was typed as an address may be anything, so it is not kept."""
    return f"{kind}:{tokens.digest(name)}"
