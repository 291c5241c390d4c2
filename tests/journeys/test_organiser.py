"""Olga signs in and moves an event: she sees who will be told, and calendars and mailboxes hear."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from eventmgr import accounts, demo
from eventmgr.db import transaction
from eventmgr.i18n.formats import local
from eventmgr.programme import queries as programme
from eventmgr.registration import queries as registration
from eventmgr.registration.told import people_told
from tests.calendars.reading import entries, head
from tests.journeys.stage import Site, a_reader

pytestmark = pytest.mark.journey

MINUTES = "%Y-%m-%dT%H:%M"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Planned:
    """An event before it moves, as plain values."""

    slug: str
    title: str
    uid: str
    starts_at: datetime
    ends_at: datetime
    doors_at: datetime | None
    told: int
    somebody: str

    @property
    def new_start(self) -> datetime:
        """The same hour a week later, as clocks at the place show it."""
        return self.starts_at + WEEK


def test_an_event_moves_and_everybody_hears_of_it(browser: Browser, site: Site) -> None:
    event = last_event(site)
    with a_reader(browser, site, locale="en-GB") as reader:
        page = reader.page
        before = entry_of(page, site, event)
        sign_in(page, site)
        reader.go(f"/manage/events/{event.slug}")
        page.get_by_role("link", name="Move to another time or place").click()
        fill_in(page, event)
        told = page.get_by_role("region", name="Who will be told")
        expect(told).to_contain_text(f"{event.told} people get a letter:")
        expect(page.locator(".ev-letter").first).to_contain_text(event.title)
        assert entry_of(page, site, event) == before
        page.get_by_role("button", name="Move it and write to everybody").click()
        notices = page.locator(".ev-notices")
        expect(notices).to_contain_text("The event has moved.")
        expect(notices).to_contain_text(f"{event.told} letters are on their way.")
        after = entry_of(page, site, event)
        assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
        assert (after["UID"], start_of(after)) == (before["UID"], event.new_start)
        assert start_of(calendar_of_letter(page, site, event)) == event.new_start
        assert reader.complaints == []


def last_event(site: Site) -> Planned:
    """Return the last event that takes place and for which people have signed up."""
    with site.app.app_context():
        takes_place = [e for e in programme.coming_events() if not e.is_cancelled]
        event = next(e for e in reversed(takes_place) if people_told(e.id).total > 1)
        people = registration.people_with_place(event.id)
        times = (event.starts_at, event.ends_at, event.doors_at)
        starts_at, ends_at, doors_at = (at and local(at, event.zone) for at in times)
        assert starts_at
        assert ends_at
        return Planned(
            slug=event.slug,
            title=event.title["de"],
            uid=event.uid,
            starts_at=starts_at,
            ends_at=ends_at,
            doors_at=doors_at,
            told=people_told(event.id).total,
            somebody=next(person.email for person in people if person.language == "de"),
        )


def sign_in(page: Page, site: Site) -> None:
    """Open the one-time link that the command line gave, and press its button."""
    with site.app.app_context(), transaction():
        link = accounts.make_sign_in_link(demo.office_account())
    page.goto(link)
    page.get_by_role("button", name="Open the desk").click()
    expect(page).to_have_url(f"{site.url}/manage/")


def fill_in(page: Page, event: Planned) -> None:
    """Set the event a week later, and say why."""
    for label, at in (("Start", event.starts_at), ("End", event.ends_at)):
        page.get_by_label(label, exact=True).fill((at + WEEK).strftime(MINUTES))
    if event.doors_at:
        page.get_by_label("Doors open").fill((event.doors_at + WEEK).strftime(MINUTES))
    reason = page.get_by_role("group", name="Reason")
    reason.get_by_label("Deutsch").fill("Der Saal wird an diesem Tag renoviert.")
    reason.get_by_label("English").fill("The hall is being renovated on that day.")
    page.get_by_role("button", name="See who will be told").click()


def entry_of(page: Page, site: Site, event: Planned) -> dict[str, str]:
    """Return the event as subscribers of the whole programme see it."""
    answer = page.request.get(f"{site.url}/calendars/all.ics")
    return next(entry for entry in entries(answer.body()) if entry["UID"] == event.uid)


def start_of(entry: dict[str, str]) -> datetime:
    """Return the start, read in the zone that the entry names."""
    value = entry["DTSTART"]
    zones = [name.partition("TZID=")[2] for name in entry if name.startswith("DTSTART;TZID=")]
    zone = ZoneInfo(zones[0] if zones else "UTC")
    return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone)


def calendar_of_letter(page: Page, site: Site, event: Planned) -> dict[str, str]:
    """Return the entry that came with the letter to somebody who has a place."""
    page.goto(f"{site.url}/demo/mailbox?to={event.somebody}")
    page.locator(".ev-mails a").first.click()
    expect(page.locator("main")).to_contain_text(event.title)
    link = page.get_by_role("link", name="Open the calendar file").get_attribute("href") or ""
    body = page.request.get(urljoin(page.url, link)).body()
    assert head(body)["METHOD"] == "PUBLISH"
    (entry,) = entries(body)
    return entry
