"""One browser, and one server with the demonstration, for all journeys of this process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from eventmgr import demo
from tests.browser import FLAGS, chromium
from tests.conftest import Databases
from tests.journeys.stage import Site, app_beside
from tests.servers import live_server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def site(databases: Databases) -> Iterator[Site]:
    with live_server(databases["sqlite"], DEMO="1") as server:
        app = app_beside(server)
        with app.app_context():
            demo.load(show_progress=False)
        yield Site(server, app)
