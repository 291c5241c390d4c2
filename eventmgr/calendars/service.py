"""Which feeds there are, each in the current language; None where there is none of that name."""

from datetime import datetime

from eventmgr.accounts import history
from eventmgr.calendars import queries
from eventmgr.calendars.feed import Feed, written
from eventmgr.i18n import _, language, say
from eventmgr.programme import ical
from eventmgr.programme.models import SeriesKind
from eventmgr.programme.queries import published_event, series_by_slug
from eventmgr.programme.service import region_by_slug
from eventmgr.programme.words import KIND_NAMES
from eventmgr.registration.models import FeedKey, Registration, Status
from eventmgr.settings import current_settings
from eventmgr.web.text import plain_text

COLOURS = {
    SeriesKind.DIALOGUE: "royalblue",
    SeriesKind.WORKSHOP: "teal",
    SeriesKind.INNOCAMP: "darkorchid",
    SeriesKind.INNOSLAM: "orangered",
    SeriesKind.CONFERENCE: "midnightblue",
}
_STANDING = {Status.WAITLISTED: 0, Status.INVITED: 0, Status.PENDING: 1, Status.CONFIRMED: 2}
_GONE = 3


def whole_programme(path: str = "/calendars/all.ics") -> Feed:
    """Return the feed of all events."""
    about = say(current_settings().claim)
    return Feed(path, _programme(), about, "/events", queries.all_events())


def series_feed(slug: str) -> Feed | None:
    """Return the feed of a series; it stays while it has events, also when the series is hidden."""
    series = series_by_slug(slug)
    if series is None:
        return None
    events = queries.events_of_series(series)
    if not events and not series.is_published:
        return None
    return Feed(
        path=f"/calendars/series/{slug}.ics",
        name=_name(say(series.title)),
        about=plain_text(say(series.summary)),
        page=f"/series/{slug}" if series.is_published else "/events",
        events=events,
        colour=COLOURS[series.kind],
        revised_at=series.revised_at,
        is_filtered=True,
    )


def region_feed(slug: str) -> Feed | None:
    """Return the feed of everything in a region."""
    region = region_by_slug(slug)
    if region is None:
        return None
    name, page = _name(say(region.name)), f"/events?region={slug}"
    about = _("All events in this region: %(region)s", region=say(region.name))
    events = queries.events_in_region(region)
    return Feed(f"/calendars/regions/{slug}.ics", name, about, page, events, is_filtered=True)


def format_feed(slug: str) -> Feed | None:
    """Return the feed of one kind of event."""
    if slug not in list(SeriesKind):
        return None
    kind = SeriesKind(slug)
    return Feed(
        path=f"/calendars/formats/{slug}.ics",
        name=_name(str(KIND_NAMES[kind])),
        about=_("All events of this format: %(format)s", format=KIND_NAMES[kind]),
        page=f"/events?format={slug}",
        events=queries.events_of_kind(kind),
        colour=COLOURS[kind],
        is_filtered=True,
    )


def event_feed(slug: str) -> Feed | None:
    """Return the feed of a single event, whenever it is."""
    event = published_event(slug)
    if event is None:
        return None
    return Feed(
        path=f"/calendars/events/{slug}.ics",
        name=_name(say(event.title)),
        about=plain_text(say(event.summary)),
        page=f"/events/{slug}",
        events=[event],
        colour=COLOURS[event.series.kind],
    )


def event_copy(slug: str) -> Feed | None:
    """Return a single event to import once, with a name that says so."""
    feed = event_feed(slug)
    if feed is None:
        return None
    name = _("%(title)s (copy without updates)", title=feed.name)
    return Feed(feed.path, name, feed.about, feed.page, feed.events)


def personal_feed(key: FeedKey, token: str) -> Feed:
    """Return the feed of one person's registration."""
    event = key.registration.event
    return Feed(
        path=f"/calendars/my/{token}.ics",
        name=_("My place: %(title)s", title=say(event.title)),
        about="",
        page="/events",
        events=[event] if event.is_public else [],
        colour=COLOURS[event.series.kind],
        revised_at=_changed_at(key.registration),
    )


def personal_calendar(feed: Feed, registration: Registration, address: str) -> bytes:
    """Write a personal feed: where the person stands is the entry's status.

    Its UID differs from the letter's, because the two are renewed by different ways.
    """
    sequence = registration.event.revision + registration.calendar_revision
    before_title, status = _words_for(registration)
    entry = ical.Entry(
        uid=f"my-{registration.nonce}@{current_settings().calendar_domain}",
        sequence=(_GONE + 1) * sequence + _STANDING.get(registration.status, _GONE),
        revised_at=feed.modified_at or registration.created_at,
        url=address,
        status=status,
        before_title=before_title,
        is_busy=status == "CONFIRMED",
    )
    entries = [
        component
        for event in feed.events
        for component in ical.vevents(event, language(), entry=entry)
    ]
    return written(feed, entries, is_renewed=True)


def _words_for(registration: Registration) -> tuple[str, ical.Status]:
    if registration.event.is_cancelled or not registration.is_active:
        return _("Cancelled: %(title)s"), "CANCELLED"
    if registration.status is Status.WAITLISTED:
        return _("Waiting list: %(title)s"), "TENTATIVE"
    if registration.status is Status.CONFIRMED:
        return "%(title)s", "CONFIRMED"
    return _("Please confirm: %(title)s"), "TENTATIVE"


def _changed_at(registration: Registration) -> datetime:
    """Return when the registration changed last, which only its history knows."""
    changes = history.changes_of("registration", registration.id, limit=1)
    return max([registration.created_at, *(change.at for change in changes)])


def _programme() -> str:
    return say(current_settings().programme_name)


def _name(subject: str) -> str:
    """Name a feed so that it can be told from the programme's others in a list of calendars."""
    return f"{_programme()}: {subject}"
