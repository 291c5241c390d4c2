"""The programme as news: Atom (RFC 4287) and JSON Feed 1.1, what changed last comes first."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from eventmgr.calendars.feed import Feed
from eventmgr.i18n import formats, language, say, say_lang
from eventmgr.programme import ical
from eventmgr.programme.models import Event
from eventmgr.programme.words import KIND_NAMES
from eventmgr.settings import current_settings
from eventmgr.web.text import markdown, plain_text

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[\ufffe\uffff]")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 200

Parent = ET.Element


def newest_first(feed: Feed) -> list[Event]:
    """Return the events in the order in which they became news."""
    return sorted(feed.events, key=lambda event: (event.revised_at, event.uid), reverse=True)[
        :LONGEST
    ]


def atom(feed: Feed) -> bytes:
    """Write the feed as Atom."""
    root = Parent("feed", {"xmlns": ATOM, XML_LANG: language()})
    settings = current_settings()
    _add(root, "id", feed.address)
    _add(root, "title", feed.name)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", _written(feed.modified_at or BEGINNING))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page_address)
    author = _add(root, "author")
    _add(author, "name", settings.organiser_name)
    _add(root, "generator", "eventmgr")
    for event in newest_first(feed):
        _add_entry(root, event)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _add_entry(root: Parent, event: Event) -> None:
    address = ical.event_address(event)
    entry = _add(root, "entry")
    entry.set(XML_LANG, say_lang(event.title))
    _add(entry, "id", _identity(event))
    _add(entry, "title", _title(event))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "published", _written(event.published_at or event.revised_at))
    _add(entry, "updated", _written(event.revised_at))
    _add(entry, "category", term=str(event.series.kind), label=str(KIND_NAMES[event.series.kind]))
    _add(entry, "summary", _summary(event))
    _add(entry, "content", _content(event), type="html")


def _add(parent: Parent, name: str, text: str = "", **attributes: str) -> Parent:
    element = ET.SubElement(parent, name, attributes)
    element.text = NOT_IN_XML.sub("", ical.clean(text)) or None
    return element


def json_feed(feed: Feed) -> bytes:
    """Write the feed as JSON Feed; `_event` holds what a calendar would ask."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "description": feed.about,
        "home_page_url": feed.page_address,
        "feed_url": feed.address,
        "language": language(),
        "authors": [{"name": current_settings().organiser_name}],
        "items": [_item(event) for event in newest_first(feed)],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _item(event: Event) -> dict[str, Any]:
    return {
        "id": _identity(event),
        "url": ical.event_address(event),
        "title": _title(event),
        "summary": _summary(event),
        "content_html": _content(event),
        "date_published": _written(event.published_at or event.revised_at),
        "date_modified": _written(event.revised_at),
        "language": say_lang(event.title),
        "tags": [str(KIND_NAMES[event.series.kind])],
        "_event": {
            "about": "https://schema.org/Event",
            "status": str(event.status),
            "starts_at": formats.local(event.starts_at, event.zone).isoformat(),
            "ends_at": formats.local(event.ends_at, event.zone).isoformat(),
            "time_zone": event.zone,
            "place": ical.place_of(event),
            "revision": event.revision,
        },
    }


def _identity(event: Event) -> str:
    """Return the event's UID as a URI, which never changes (RFC 4151)."""
    left, _at, domain = event.uid.partition("@")
    return f"tag:{domain},2026:{left}"


def _title(event: Event) -> str:
    return ical.public_entry(event).before_title % {"title": say(event.title)}


def _summary(event: Event) -> str:
    when = formats.date_range(event.starts_at, event.ends_at, event.zone)
    facts = ", ".join((when, ical.place_of(event)))
    return "\n".join(part for part in (facts, plain_text(say(event.summary))) if part)


def _content(event: Event) -> str:
    parts = (say(event.status_note), say(event.summary), say(event.description))
    return "\n".join(markdown(part) for part in parts if part)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
