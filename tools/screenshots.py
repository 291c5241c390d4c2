"""Make the pictures of the docs from the demonstration: `make screenshots`, never by hand."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.server import Server, running_server
from eventmgr import demo
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.programme import queries
from tests.browser import FLAGS, chromium

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}


def main() -> None:
    """Start a server of its own and photograph its pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        address = f"http://localhost:{server.port}"
        take(browser, f"{address}/", "landing", DESKTOP)
        take(browser, f"{address}/events/{_open_event(server)}", "event-phone", PHONE)
        take(browser, _way_in(server, demo.office_link), "desk", DESKTOP, press=True)
        take(browser, _way_in(server, _door_link), "door-phone", PHONE, press=True)
        browser.close()


def take(
    browser: Browser, address: str, name: str, size: ViewportSize, *, press: bool = False
) -> None:
    """Photograph what a window of that size shows."""
    context = browser.new_context(viewport=size, locale="de-DE", device_scale_factor=1)
    page: Page = context.new_page()
    page.goto(address)
    if press:
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def _open_event(server: Server) -> str:
    with server.app.app_context():
        return next(one.slug for one in queries.coming_events() if one.may_sign_up(now()))


def _way_in(server: Server, find: Callable[[], str]) -> str:
    """Return a link as `eventmgr run` prints it, to this server."""
    with server.app.app_context(), transaction():
        return re.sub(r"http://[^/]+", f"http://localhost:{server.port}", find())


def _door_link() -> str:
    return f"http://localhost/door/open/{demo.door_token()}"


if __name__ == "__main__":
    main()
