"""Without JavaScript the whole way to the ticket is open, and nothing typed is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import Site, a_reader
from tests.journeys.test_visitor import next_open_event

pytestmark = pytest.mark.journey

NAME, ADDRESS = "Noël Sans-Script", "noel.sans@mail.example"


def test_a_ticket_needs_no_script(browser: Browser, site: Site) -> None:
    slug, _title = next_open_event(site)
    with a_reader(browser, site, java_script_enabled=False, locale="en-GB") as reader:
        page = reader.page
        reader.go(f"/events/{slug}")
        page.get_by_role("link", name="Sign up now").click()
        sign_up_at_the_second_try(page)
        reader.go(f"/demo/mailbox?to={ADDRESS}")
        page.locator(".ev-mails a").click()
        page.locator("main a[href*='/my/']").first.click()
        page.get_by_role("button", name="Confirm my place").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your place is confirmed")
        expect(page.get_by_role("img", name="QR code for the entrance")).to_be_visible()
        give_place_free(page)


def sign_up_at_the_second_try(page: Page) -> None:
    """Leave out the group first, and find everything else still there."""
    page.get_by_label("First and last name").fill(NAME)
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Reserve my place").click()
    expect(page.get_by_role("alert")).to_contain_text("Please check one entry")
    expect(page.get_by_label("First and last name")).to_have_value(NAME)
    expect(page.get_by_label("E-mail address")).to_have_value(ADDRESS)
    page.get_by_label("Science").check()
    page.get_by_role("button", name="Reserve my place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look into your mailbox")


def give_place_free(page: Page) -> None:
    """Cancel by the personal page."""
    page.get_by_role("link", name="Give my place free").click()
    page.get_by_role("button", name="Give my place free").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are no longer signed up")
