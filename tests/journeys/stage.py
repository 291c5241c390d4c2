"""The site with its demonstration as a server of its own, and readers who watch what it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
)

from eventmgr import create_app
from eventmgr.settings import load_settings
from tests.servers import LiveServer

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Site:
    """A running site, and its app to arrange and to look behind it."""

    server: LiveServer
    app: Flask

    @property
    def url(self) -> str:
        """The address of the landing page, without a slash at the end."""
        return self.server.url


def app_beside(server: LiveServer) -> Flask:
    """Build an app on what a server has, its secret key too, so that it can make the same links."""
    settings = load_settings(
        database_url=server.database_url,
        data_dir=server.data_dir,
        public_url=server.url,
        run_worker=False,
        demo=True,
    )
    return create_app(settings)


@dataclass
class Reader:
    """One page in one browser, with all that went wrong on it."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)
    documents: list[Response] = field(default_factory=list)
    """Answers to navigations, redirects left out."""
    resources: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._note_message)
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)

    def go(self, address: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.home + address)

    def _note_message(self, message: ConsoleMessage) -> None:
        is_about_document = message.location["url"] == self.page.url  # a page may answer 404 or 422
        if message.type in ("error", "warning") and not is_about_document:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")
        elif "Content Security Policy" in message.text:
            self.complaints.append(f"console: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.home}/", "data:", "blob:")):
            self.complaints.append(f"foreign host: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            if not 300 <= response.status < 400:
                self.documents.append(response)
            return
        self.resources.append(response)
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@contextmanager
def a_reader(browser: Browser, site: Site, **options: Any) -> Iterator[Reader]:
    """Open a browser that has never been here; by default a German one at a desk."""
    defaults = {"locale": "de-DE", "timezone_id": "Europe/Berlin", "viewport": DESKTOP}
    context = browser.new_context(**{**defaults, "reduced_motion": "reduce", **options})
    try:
        yield Reader(context.new_page(), site.url)
    finally:
        context.close()


def a_phone() -> dict[str, Any]:
    """Return what makes a browser a phone."""
    return {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def give_cookie(context: BrowserContext, site: Site, name: str, token: str, path: str) -> None:
    """Hand a browser a cookie of the site."""
    context.add_cookies(
        [{"name": name, "value": token, "domain": site.server.host, "path": path, "httpOnly": True}]
    )
