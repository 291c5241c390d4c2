"""Amélie, on her phone and in French: from the landing page to a ticket that a scanner can read."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from eventmgr.clock import now
from eventmgr.i18n import in_language, say
from eventmgr.programme import queries
from eventmgr.programme.models import Event
from tests.journeys.paper import codes_on, codes_on_screen, printed
from tests.journeys.stage import Site, a_phone, a_reader
from tests.journeys.words import words_in

pytestmark = pytest.mark.journey

NAME, ADDRESS = "Amélie Durand-Œuvrard", "amelie.durand@mail.example"
t = words_in("fr")


def test_a_visitor_signs_up_in_french_on_a_phone_and_gets_a_ticket(
    browser: Browser, site: Site
) -> None:
    slug, title = next_open_event(site)
    with a_reader(browser, site, **a_phone(), locale="fr-FR") as reader:
        page = reader.page
        reader.go("/")
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        page.locator(f'main a[href="/events/{slug}"]').first.tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.get_by_role("link", name=t("Sign up now")).tap()
        fill_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            t("Please look into your mailbox")
        )
        open_letter(page, title)
        confirm(page)
        ticket = codes_on_screen(page.locator(".ev-qr").screenshot())
        assert [re.sub(r"[A-Z2-7]{26}$", "…", code) for code in ticket] == [
            f"{site.url.upper()}/T/…"
        ]
        assert codes_on_paper(page) == ticket
        reader.go(ticket[0].removeprefix(site.url.upper()))
        expect(page.get_by_role("heading", level=1)).to_have_text(
            t("Show this code at the entrance")
        )
        expect(page.locator("main")).not_to_contain_text(NAME)
        assert page.context.cookies() == []
        assert reader.complaints == []


def next_open_event(site: Site) -> tuple[str, str]:
    """Return slug and French title of the first event that still has many places."""
    with site.app.test_request_context(), in_language("fr"):
        event = next(event for event in queries.coming_events(limit=9) if has_many_places(event))
        return event.slug, say(event.title)


def has_many_places(event: Event) -> bool:
    """Whether one may sign up, and no other test fills it meanwhile."""
    return event.may_sign_up(now()) and event.places_left > 5


def fill_in(page: Page) -> None:
    """Answer what is needed, and one consent."""
    page.get_by_label(t("First and last name")).fill(NAME)
    page.get_by_label(t("E-mail address")).fill(ADDRESS)
    page.get_by_label(t("Organisation"), exact=False).first.fill("Ateliers du Rhin")
    page.get_by_role("radio").first.check()
    page.get_by_label(t("I may be seen in photos and films of the event that are published.")).tap()
    page.get_by_role("button", name=t("Reserve my place")).tap()


def open_letter(page: Page, title: str) -> None:
    """Find the letter in the mailbox of the demonstration, and open it as a mail program would."""
    page.get_by_role("link", name=t("Open the mailbox")).tap()
    page.get_by_role("searchbox").fill(ADDRESS)
    page.get_by_role("button", name=t("Find letters")).tap()
    letter = page.locator(".ev-mails a")
    expect(letter).to_contain_text(title)
    letter.tap()
    page.get_by_role("link", name=t("Open the letter as its reader sees it")).tap()


def confirm(page: Page) -> None:
    """Follow the link in the letter and press the one button there."""
    page.get_by_role("link", name=t("Confirm my place")).tap()
    page.get_by_role("button", name=t("Confirm my place")).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("Your place is confirmed"))
    expect(page.locator(".ev-ticket")).to_contain_text(NAME)


def codes_on_paper(page: Page) -> list[str]:
    """Return what a scanner reads on the printed ticket."""
    link = page.get_by_role("link", name=t("Ticket as PDF")).get_attribute("href") or ""
    answer = page.request.get(urljoin(page.url, link))
    assert answer.headers["content-type"] == "application/pdf"
    return [code for sheet in printed(answer.body()) for code in codes_on(sheet)]
