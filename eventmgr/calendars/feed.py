"""A feed before it is written in one of its formats, and its calendar format (RFC 5545, 7986)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import icalendar

from eventmgr.i18n import DEFAULT, language
from eventmgr.programme import ical
from eventmgr.programme.models import Event
from eventmgr.settings import current_settings

REFRESH = "PT1H"
"""How often to look for news (RFC 5545, 3.3.6)."""


@dataclass(frozen=True)
class Feed:
    """What one address offers, in the current language."""

    path: str
    """The address below the site's root, without the language."""
    name: str
    about: str
    page: str
    """Path of the page that shows the same to people."""
    events: Sequence[Event]
    colour: str = "royalblue"
    """A name of CSS3 (RFC 7986, 5.9)."""
    revised_at: datetime | None = None
    """When the feed itself changed, apart from its events."""
    is_filtered: bool = False
    """Whether an event may leave it: then no date of those that stay tells that it has changed."""

    @property
    def address(self) -> str:
        """Return the full address, which names the language unless it is the default."""
        named = "" if language() == DEFAULT else f"?language={language()}"
        return f"{current_settings().public_url}{self.path}{named}"

    @property
    def page_address(self) -> str:
        """Return the full address of the page for people."""
        return f"{current_settings().public_url}{self.page}"

    @property
    def modified_at(self) -> datetime | None:
        """When any of it changed last, None where there is nothing yet."""
        known = [event.revised_at for event in self.events]
        moments = [*known, self.revised_at] if self.revised_at else known
        return max((moment.replace(microsecond=0) for moment in moments), default=None)


def calendar(feed: Feed) -> bytes:
    """Write the feed as a calendar to subscribe to."""
    entries = [entry for event in feed.events for entry in ical.vevents(event, language())]
    return written(feed, entries, is_renewed=True)


def copy_of_calendar(feed: Feed) -> bytes:
    """Write the feed as a file to import once: it does not say where news could be had."""
    entries = [entry for event in feed.events for entry in ical.vevents(event, language())]
    return written(feed, entries, is_renewed=False)


def written(feed: Feed, entries: Iterable[icalendar.Event], *, is_renewed: bool) -> bytes:
    """Return the bytes of a calendar with these entries; no METHOD, because nobody is invited."""
    result = icalendar.Calendar()
    _describe(result, feed)
    if is_renewed:
        _say_how_to_renew(result, feed)
    for zone in ical.zones_of(feed.events):
        result.add_component(zone)
    for entry in entries:
        result.add_component(entry)
    text: bytes = result.to_ical(sorted=False)
    return text


def _describe(result: icalendar.Calendar, feed: Feed) -> None:
    settings = current_settings()
    name, about = ical.clean(feed.name), ical.clean(feed.about)
    result.add("version", "2.0")
    result.add("prodid", ical.PRODID)
    result.add("calscale", "GREGORIAN")
    result.add("name", name)
    result.add("x-wr-calname", name)
    if about:
        result.add("description", about)
        result.add("x-wr-caldesc", about)
    result.add("x-wr-timezone", settings.default_zone)


def _say_how_to_renew(result: icalendar.Calendar, feed: Feed) -> None:
    """Say where and how often to look again; both need their VALUE (RFC 7986, 5.7-5.8)."""
    result.add("refresh-interval", icalendar.vText(REFRESH), parameters={"VALUE": "DURATION"})
    result.add("x-published-ttl", REFRESH)  # the same for Outlook, a bare text by custom
    result.add("source", icalendar.vUri(feed.address), parameters={"VALUE": "URI"})
    result.add("url", feed.page_address)
    result.add("color", feed.colour)
    result.add("uid", _uid(feed))
    if feed.modified_at:
        result.add("last-modified", feed.modified_at.astimezone(UTC))


def _uid(feed: Feed) -> str:
    name = feed.path.removesuffix(".ics").strip("/").replace("/", "-")
    return f"{name}-{language()}@{current_settings().calendar_domain}"
