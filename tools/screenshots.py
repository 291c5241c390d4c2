"""Make the pictures of the docs from the demonstration: `make screenshots`, never by hand."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import Server, running_server
from eventmgr import accounts, demo
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.programme import queries
from tests.browser import FLAGS, chromium

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Start a server of its own and photograph its pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        address = f"http://localhost:{server.port}"
        take(browser, f"{address}/", "landing", DESKTOP)
        take(browser, f"{address}/events/{_open_event(server)}", "event-phone", PHONE)
        take(browser, _office_link(server), "desk", DESKTOP, press=True)
        take(browser, _door_link(server), "door-phone", PHONE, press=True)
        browser.close()


def take(
    browser: Browser, address: str, name: str, size: dict[str, int], *, press: bool = False
) -> None:
    """Photograph what a window of that size shows."""
    context = browser.new_context(viewport=size, locale="de-DE", device_scale_factor=1)  # type: ignore[arg-type] # a ViewportSize
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


def _office_link(server: Server) -> str:
    with server.app.app_context(), transaction():
        link = accounts.make_sign_in_link(demo.office_account())
    return re.sub(r"http://[^/]+", f"http://localhost:{server.port}", link)


def _door_link(server: Server) -> str:
    with server.app.app_context(), transaction():
        event = queries.coming_events(limit=1)[0]
        token = accounts.make_door_key(event.id, "Main entrance", event.ends_at)
    return f"http://localhost:{server.port}/door/open/{token}"


if __name__ == "__main__":
    main()
