"""The addresses by which calendar programs subscribe to a feed, one per family of programs."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import url_for

from eventmgr.i18n import DEFAULT, language, say
from eventmgr.settings import current_settings

GOOGLE = "https://calendar.google.com/calendar/r"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/addfromweb"
OUTLOOK_AT_HOME = "https://outlook.live.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class CalendarLinks:
    """One feed, by every way there is to it."""

    address: str
    """To copy into any program."""
    webcal: str
    """Opens Apple Calendar, Outlook or Thunderbird on the spot."""
    google: str
    outlook_at_work: str
    outlook_at_home: str


def absolute(path: str) -> str:
    """Return the public address of a path; its host is that of the settings, never a request's."""
    return current_settings().public_url + path


def calendar_links(endpoint: str, slug: str | None = None, name: str = "") -> CalendarLinks:
    """Return all ways to a feed, in the reader's language; `name` is what Outlook calls it."""
    spoken = None if language() == DEFAULT else language()
    address = absolute(url_for(endpoint, slug=slug, language=spoken))
    _scheme, separator, rest = address.partition("://")
    webcal = f"webcal{separator}{rest}"
    programme = say(current_settings().programme_name)
    by_web = urlencode({"url": address, "name": f"{programme}: {name}" if name else programme})
    return CalendarLinks(
        address=address,
        webcal=webcal,
        google=f"{GOOGLE}?cid={quote(webcal, safe='')}",
        outlook_at_work=f"{OUTLOOK_AT_WORK}?{by_web}",
        outlook_at_home=f"{OUTLOOK_AT_HOME}?{by_web}",
    )
