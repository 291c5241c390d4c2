"""What is promised to be forgotten of people, step by step; the worker asks until nothing is left.

What stays are rows without a name: how many signed up, from which group, how many came.
"""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.mail import service as mail
from eventmgr.programme.models import Event
from eventmgr.registration.models import FeedKey, Registration
from eventmgr.registration.policy import EXPIRED
from eventmgr.settings import current_settings

NEEDS_KEPT = timedelta(days=7)
"""How long diet and assistance are kept after an event, as the form promises."""
ERASE_AT_ONCE = 100
"""A batch: whoever signs up meanwhile must not wait for a whole year's people."""
ERASED = "erased-"
"""Begins what stands for an address; none looks like that, because it has no @."""
NO_NAME = "–"

_UNSEEN = {"synchronize_session": False}


def forget_needs() -> int:
    """Delete diet and assistance a week after the event; returns of how many people."""
    told = sa.or_(Registration.diet != "", Registration.assistance != "")
    forgotten = sa.update(Registration).where(_ended_before(NEEDS_KEPT), told)
    kept = forgotten.values(diet="", assistance="").returning(Registration.id)
    return len(db.session.scalars(kept, execution_options=_UNSEEN).all())


def forget_people() -> int:
    """Take names and all else that points to a person from old registrations; returns how many."""
    is_known = Registration.email_key.not_like(f"{ERASED}%")
    old = sa.select(Registration.id).where(_ended_before(current_settings().keep_people), is_known)
    ids = db.session.scalars(old.order_by(Registration.id).limit(ERASE_AT_ONCE)).all()
    if ids:
        _erase(ids)
        history.forget_details("registration", ids)
        mail.forget_letters(f"registration:{found}" for found in ids)
    return len(ids)


def _ended_before(kept: timedelta) -> sa.ColumnElement[bool]:
    return Registration.event_id.in_(sa.select(Event.id).where(Event.ends_at < now() - kept))


def _erase(ids: Sequence[int]) -> None:
    """Empty the rows; without nonce and digests the links of old letters and badges end, too."""
    instead = sa.literal(ERASED) + sa.cast(Registration.id, sa.Text)
    unique = dict.fromkeys(("email_key", "nonce", "code_digest", "token_digest"), instead)
    texts = dict.fromkeys(("email", "organisation", "diet", "assistance", "search_text"), "")
    reason = sa.case((Registration.cancel_reason == EXPIRED, EXPIRED), else_="")
    neutral = {"name": NO_NAME, "answers": {}, "consents": {}, "cancel_reason": reason}
    erased = sa.update(Registration).where(Registration.id.in_(ids))
    db.session.execute(erased.values(**unique, **texts, **neutral), execution_options=_UNSEEN)
    feeds = sa.delete(FeedKey).where(FeedKey.registration_id.in_(ids))
    db.session.execute(feeds, execution_options=_UNSEEN)
