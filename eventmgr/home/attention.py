"""What needs the office today: what it is, why it matters, and the one place to do something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from eventmgr.clock import now
from eventmgr.home.desk_queries import Coming
from eventmgr.i18n import _, _n, formats, say
from eventmgr.mail.service import QueueState
from eventmgr.programme.models import Event, EventStatus
from eventmgr.programme.states import SignUp, sign_up_state
from eventmgr.settings import current_settings

LATE = timedelta(minutes=15)
DRAFT_SOON = timedelta(days=42)
CLOSED_SOON = timedelta(days=21)
CLOSING_IS_USUAL = timedelta(days=7)
"""That sign-up ends in the last week is how it is planned."""
MOST = 10


@dataclass(frozen=True)
class Attention:
    """One line of the list, with its button."""

    is_bad: bool
    """Something went wrong already; else it will unless somebody acts."""
    icon: str
    what: str
    why: str
    action: str
    url: str


def attention(events: Iterable[Coming], queue: QueueState, why_failed: str) -> list[Attention]:
    """Return what needs somebody, what has gone wrong first, then in order of the events."""
    moment = now()
    found = [*_letters(queue, why_failed, moment)]
    ahead = [coming for coming in events if not coming.event.is_cancelled]
    for coming in ahead:
        found += _about_event(coming.event, moment)
    found += _unconfirmed([coming for coming in ahead if coming.expiring])
    return sorted(found, key=lambda item: not item.is_bad)[:MOST]


def _letters(queue: QueueState, why_failed: str, moment: datetime) -> Iterator[Attention]:
    if queue.failed:
        yield Attention(
            is_bad=True,
            icon="mail",
            what=_n(
                "%(num)s letter did not arrive", "%(num)s letters did not arrive", queue.failed
            ),
            why=_("Last answer of the mail server: %(reason)s", reason=why_failed),
            action=_("Check addresses"),
            url=url_for("letters.letters", state="failed"),
        )
    if queue.oldest_due_at and moment - queue.oldest_due_at > LATE:
        yield Attention(
            is_bad=True,
            icon="mail",
            what=_n("%(num)s letter is waiting", "%(num)s letters are waiting", queue.queued),
            why=_(
                "The oldest has been due since %(since)s: is the mail server reached, "
                "and does the worker run?",
                since=_moment(queue.oldest_due_at, current_settings().default_zone),
            ),
            action=_("See letters"),
            url=url_for("letters.letters", state="queued"),
        )


def _about_event(event: Event, moment: datetime) -> Iterator[Attention]:
    if event.status is EventStatus.DRAFT:
        if event.starts_at - moment < DRAFT_SOON:
            yield _draft(event)
        return
    if event.waiting:
        yield _full(event)
    yield from _closed(event, moment)


def _draft(event: Event) -> Attention:
    return Attention(
        is_bad=False,
        icon="cal",
        what=_("“%(event)s” is still a draft", event=say(event.title)),
        why=_("It starts on %(day)s, and nobody can see it yet", day=_day(event.starts_at, event)),
        action=_("Check and publish"),
        url=url_for("programme_manage.event", slug=event.slug),
    )


def _unconfirmed(events: list[Coming]) -> Iterator[Attention]:
    """Tell of all events in one line: it happens every day, so it shall not hide what does not."""
    if not events:
        return
    event = events[0].event
    first = min(coming.first_expiry for coming in events if coming.first_expiry)
    facts = {"event": say(event.title), "moment": _moment(first, current_settings().default_zone)}
    if len(events) == 1:
        why = _("“%(event)s”: their places fall free from %(moment)s", **facts)
    else:
        why = _n(
            "“%(event)s” and %(num)s more event: their places fall free from %(moment)s",
            "“%(event)s” and %(num)s more events: their places fall free from %(moment)s",
            len(events) - 1,
            **facts,
        )
    yield Attention(
        is_bad=False,
        icon="clock",
        what=_n(
            "%(num)s person has not confirmed the e-mail address",
            "%(num)s people have not confirmed their e-mail address",
            sum(coming.expiring for coming in events),
        ),
        why=why,
        action=_("See who"),
        url=url_for("registration_manage.registrations", slug=event.slug, status="pending"),
    )


def _full(event: Event) -> Attention:
    what = _n(
        "“%(event)s” is full, %(num)s person is waiting",
        "“%(event)s” is full, %(num)s people are waiting",
        event.waiting,
        event=say(event.title),
    )
    more = (event.room.capacity or 0) - event.capacity if event.room else 0
    if more > 0:
        return Attention(
            is_bad=False,
            icon="people",
            what=what,
            why=_n(
                "The room holds %(num)s more person than there are places",
                "The room holds %(num)s more people than there are places",
                more,
            ),
            action=_("Offer more places"),
            url=url_for("event_changes.places", slug=event.slug),
        )
    return Attention(
        is_bad=False,
        icon="people",
        what=what,
        why=_("Each place that falls free goes to the first in line"),
        action=_("See the waiting list"),
        url=url_for("registration_manage.registrations", slug=event.slug, status="waitlisted"),
    )


def _closed(event: Event, moment: datetime) -> Iterator[Attention]:
    state = sign_up_state(event, moment)
    ahead = event.starts_at - moment
    opens, closes = event.sign_up_opens_at, event.sign_up_closes_at
    if state is SignUp.NOT_YET and opens and ahead < CLOSED_SOON:
        why = _("Sign-up opens on %(day)s", day=_day(opens, event))
    elif state is SignUp.CLOSED and closes and CLOSING_IS_USUAL < ahead < CLOSED_SOON:
        why = _("Sign-up closed on %(day)s", day=_day(closes, event))
    else:
        return
    yield Attention(
        is_bad=False,
        icon="cal",
        what=_(
            "Nobody can sign up for “%(event)s” on %(day)s",
            event=say(event.title),
            day=_day(event.starts_at, event),
        ),
        why=why,
        action=_("Change the dates"),
        url=url_for("programme_manage.edit_event", slug=event.slug),
    )


def _day(moment: datetime, event: Event) -> str:
    return formats.short_day(moment, event.zone)


def _moment(moment: datetime, zone: str) -> str:
    return formats.table_moment(moment, zone)
