"""Someone who uses no mouse signs up, and always sees where they are."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import Site, a_reader
from tests.journeys.test_visitor import next_open_event

pytestmark = pytest.mark.journey

ADDRESS = "keyboard@mail.example"
FAR = 40
"""More stops than any of these pages has before its form ends."""

FOCUS = """
    () => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        return {
            name: element.name || element.textContent.trim(),
            isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none",
            isOnScreen: box.top >= 0 && box.bottom <= innerHeight && box.width > 0,
            isInMain: document.querySelector("main").contains(element),
        };
    }
"""


def step(page: Page, key: str = "Tab") -> dict[str, str | bool]:
    """Press a key and return where the focus is now; it must be there to see."""
    page.keyboard.press(key)
    focus: dict[str, str | bool] = page.evaluate(FOCUS)
    assert (focus["isMarked"], focus["isOnScreen"]) == (True, True), focus
    return focus


def go_to(page: Page, name: str) -> None:
    """Press Tab until the field or button of that name has the focus."""
    for _step in range(FAR):
        if step(page)["name"] == name:
            return
    raise AssertionError(f"{name} cannot be reached")


def test_the_skip_link_leads_past_the_head_of_the_page(browser: Browser, site: Site) -> None:
    with a_reader(browser, site, locale="en-GB") as reader:
        reader.go("/events")
        assert step(reader.page)["name"] == "Skip to content"
        reader.page.keyboard.press("Enter")
        assert step(reader.page)["isInMain"] is True


def test_sign_up_needs_no_mouse(browser: Browser, site: Site) -> None:
    slug, _title = next_open_event(site)
    with a_reader(browser, site, locale="en-GB") as reader:
        page = reader.page
        reader.go(f"/events/{slug}")
        go_to(page, "Sign up now")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-up")
        go_to(page, "name")
        page.keyboard.type("Käthe Tastatur")
        go_to(page, "email")
        page.keyboard.type("not-an-address")
        go_to(page, "group")
        step(page, "ArrowDown")
        go_to(page, "Reserve my place")
        page.keyboard.press("Enter")
        expect(page.locator(".ev-errors")).to_be_focused()
        step(page)
        page.keyboard.press("Enter")
        expect(page.get_by_label("E-mail address")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(ADDRESS)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Please look into your mailbox")
        assert reader.complaints == []
