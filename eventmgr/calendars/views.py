"""Addresses of the feeds: https://…/calendars/… for calendars, …/feeds/… for news.

They are subscribed to for years, so none of them ever changes. A feed depends on its address alone:
the language is German unless `?language=` names another.
"""

from collections.abc import Callable

from flask import Blueprint, Response, abort

from eventmgr.calendars import service, syndication
from eventmgr.calendars.feed import Feed, calendar, copy_of_calendar
from eventmgr.i18n import address_language, in_language
from eventmgr.registration.queries import feed_key_by_token
from eventmgr.registration.secrets import personal_address
from eventmgr.web.access import attendee, public
from eventmgr.web.page_cache import cached_feed, revalidated

bp = Blueprint("calendars", __name__)

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
SHARED = "public, max-age=300"
PRIVATE = "private, max-age=300"


@bp.get("/calendars/all.ics")
@public
@cached_feed
def all_events() -> Response:
    """Show the calendar of the whole programme."""
    return _subscription("all", service.whole_programme)


@bp.get("/calendars/series/<slug>.ics")
@public
@cached_feed
def series(slug: str) -> Response:
    """Show the calendar of a series."""
    return _subscription(slug, lambda: service.series_feed(slug))


@bp.get("/calendars/regions/<slug>.ics")
@public
@cached_feed
def region(slug: str) -> Response:
    """Show the calendar of a region."""
    return _subscription(slug, lambda: service.region_feed(slug))


@bp.get("/calendars/formats/<slug>.ics", endpoint="format")
@public
@cached_feed
def format_(slug: str) -> Response:
    """Show the calendar of one kind of event."""
    return _subscription(slug, lambda: service.format_feed(slug))


@bp.get("/calendars/events/<slug>.ics")
@public
@cached_feed
def event(slug: str) -> Response:
    """Show the calendar of a single event."""
    return _subscription(slug, lambda: service.event_feed(slug))


@bp.get("/calendars/events/<slug>/download.ics")
@public
@cached_feed
def download(slug: str) -> Response:
    """Hand out a single event to import once."""
    with in_language(address_language()):
        feed = service.event_copy(slug) or abort(404)
        body = copy_of_calendar(feed)
    response = _answer(feed, body, CALENDAR)
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-copy.ics")
    return response


@bp.get("/calendars/my/<token>.ics")
@attendee
@revalidated
def my(token: str) -> Response:
    """Show the calendar of one person; a revoked address says so for ever."""
    key = feed_key_by_token(token) or abort(404)
    if key.revoked_at:
        abort(410)
    with in_language(key.registration.language):
        feed = service.personal_feed(key, token)
        address = personal_address(key.registration)
        body = service.personal_calendar(feed, key.registration, address)
    response = _answer(feed, body, CALENDAR)
    response.headers["Cache-Control"] = PRIVATE
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.set("Content-Disposition", "inline", filename="my-place.ics")
    return response


@bp.get("/feeds/events.atom")
@public
@cached_feed
def atom() -> Response:
    """Show the programme as Atom news."""
    with in_language(address_language()):
        feed = service.whole_programme("/feeds/events.atom")
        return _answer(feed, syndication.atom(feed), ATOM)


@bp.get("/feeds/events.json")
@public
@cached_feed
def json_feed() -> Response:
    """Show the programme as JSON Feed."""
    with in_language(address_language()):
        feed = service.whole_programme("/feeds/events.json")
        return _answer(feed, syndication.json_feed(feed), JSON)


def _subscription(name: str, find: Callable[[], Feed | None]) -> Response:
    with in_language(address_language()):
        feed = find() or abort(404)
        response = _answer(feed, calendar(feed), CALENDAR)
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.ics")
    return response


def _answer(feed: Feed, body: bytes, content_type: str) -> Response:
    """Answer without anything that depends on the request, so that caches may share it."""
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = SHARED
    if not feed.is_filtered:
        response.last_modified = feed.modified_at
    return response
