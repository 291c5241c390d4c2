"""The office prints badges for today; at the door each tells what its holder's place is worth."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from eventmgr import accounts
from eventmgr.checkin.models import Admission
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme import queries
from eventmgr.registration.models import Registration, Status
from tests.journeys.paper import codes_on, printed
from tests.journeys.samples import slug_of_today
from tests.journeys.stage import Site, a_phone, a_reader
from tests.journeys.test_organiser import sign_in

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected, as plain values."""

    id: int
    name: str


@dataclass(frozen=True)
class Today:
    """The event of this day, a link to its door, and two people who are not in yet."""

    slug: str
    door: str
    comes: Guest
    cancels: Guest


def test_a_badge_lets_in_once_and_never_after_a_cancellation(browser: Browser, site: Site) -> None:
    today = event_of_today(site)
    with a_reader(browser, site, locale="en-GB") as office:
        sign_in(office.page, site)
        badges = [print_badge(office.page, site, today, g) for g in (today.comes, today.cancels)]
        office.go(f"/manage/events/{today.slug}/registrations/{today.cancels.id}/cancel")
        office.page.get_by_role("button", name="Cancel registration").click()
        expect(office.page.locator(".ev-notices")).to_be_visible()
        assert office.complaints == []
    with a_reader(browser, site, **a_phone(), locale="en-GB") as door:
        door.go(f"/door/open/{today.door}")
        door.page.get_by_role("button", name="Open the door on this device").tap()
        scan(door.page, badges[0])
        shown(door.page, "Come in!", today.comes.name)
        scan(door.page, badges[0])
        shown(door.page, "Already in", today.comes.name)
        scan(door.page, badges[1])
        shown(door.page, "No entry", today.cancels.name)
        assert door.complaints == []


def event_of_today(site: Site) -> Today:
    """Return today's event of the demonstration."""
    with site.app.app_context(), transaction():
        event = queries.event_by_slug(slug_of_today())
        assert event
        absent = sa.select(Registration.id, Registration.name).where(
            Registration.event_id == event.id,
            Registration.status == Status.CONFIRMED,
            Registration.id.not_in(sa.select(Admission.registration_id)),
        )
        last = db.session.execute(absent.order_by(Registration.id.desc()).limit(2))
        comes, cancels = (Guest(*row) for row in last)
        door = accounts.make_door_key(event.id, "Tablet", now() + timedelta(hours=1))
        return Today(event.slug, door, comes, cancels)


def print_badge(page: Page, site: Site, today: Today, guest: Guest) -> str:
    """Return what is in the code on the one badge of somebody."""
    address = f"{site.url}/manage/events/{today.slug}/badges.pdf?person={guest.id}"
    (sheet,) = printed(page.request.get(address).body())
    (code,) = codes_on(sheet)
    return code


def scan(page: Page, code: str) -> None:
    """Read a code with a scanner that types it as a keyboard would."""
    expect(page.locator("#typed")).to_be_visible()
    page.keyboard.type(f"{code}\n")


def shown(page: Page, word: str, name: str) -> None:
    """The door must say this, in large letters."""
    expect(page.locator(".word")).to_have_text(word)
    expect(page.locator(".name")).to_have_text(name)
