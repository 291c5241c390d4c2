"""Whole-page cache for public pages: cookie-free, keyed by address and language, valid for one version.

The version is the programme's (see `programme.service`), read at most once a second per process and
forgotten at once when this process changes it. A page is also rendered anew each minute, because
“today”, “sign-up closes” and “over” depend on the time.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Any

from flask import Flask, Response, current_app, make_response, request

from eventmgr.i18n import language

MAX_PAGES = 2_000
MAX_BYTES = 64 * 1024 * 1024
VERSION_SECONDS = 1.0
PAGE_SECONDS = 60.0


@dataclass(frozen=True)
class Page:
    """A rendered page and what it was made from."""

    body: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    version: int
    made_at: float


class PageCache:
    """Pages by key, oldest out first, bounded in number and bytes."""

    def __init__(self, read_version: Callable[[], int]) -> None:
        """Remember how the programme's version is read."""
        self._read_version = read_version
        self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._version: tuple[int, float] | None = None

    def version(self) -> int:
        """Return the programme's version, at most a second old."""
        known = self._version
        if known is None or monotonic() - known[1] > VERSION_SECONDS:
            known = self._version = (self._read_version(), monotonic())
        return known[0]

    def forget_version(self) -> None:
        """Read the version anew at the next request; called after a change is committed here."""
        self._version = None

    def find(self, key: tuple[str, str]) -> Page | None:
        """Return the page if it is still true."""
        page = self._pages.get(key)
        if page and page.version == self.version() and monotonic() - page.made_at < PAGE_SECONDS:
            return page
        return None

    def keep(self, key: tuple[str, str], page: Page) -> None:
        """Store a page, letting the oldest go."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(before.body) if before else 0)
            self._pages[key] = page
            while len(self._pages) > MAX_PAGES or self._bytes > MAX_BYTES:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)


def init_page_cache(app: Flask) -> None:
    """Make room for the cache; `programme` gives it the version with `use_version`."""
    app.extensions["page_cache"] = PageCache(lambda: 0)


def use_version(app: Flask, read_version: Callable[[], int]) -> None:
    """Say how the version of everything public is read."""
    app.extensions["page_cache"] = PageCache(read_version)


def forget_version() -> None:
    """Let this process see a change it has just committed."""
    current_app.extensions["page_cache"].forget_version()


def cached_page[**P](view: Callable[P, Any]) -> Callable[P, Response]:
    """Serve a public view from the cache, with a strong ETag and 304 (RFC 9110, 8.8.3 and 15.4.5)."""

    @wraps(view)
    def cached(*args: P.args, **kwargs: P.kwargs) -> Response:
        cache: PageCache = current_app.extensions["page_cache"]
        key = (request.full_path, language())
        page = cache.find(key)
        if page is None:
            version = cache.version()
            response = make_response(view(*args, **kwargs))
            if response.status_code != 200:  # noqa: PLR2004
                return response
            page = _page_of(response, version)
            cache.keep(key, page)
        return _answer(page)

    return cached


def _page_of(response: Response, version: int) -> Page:
    body = response.get_data()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = [(name, value) for name, value in response.headers.items() if name != "Content-Length"]
    if not response.headers.get("Cache-Control"):
        # Revalidated each time, so that a changed choice of language shows at once.
        headers += [("Cache-Control", "public, no-cache"), ("Vary", "Accept-Language")]
    if response.mimetype == "text/html":
        headers.append(("Content-Language", language()))
    return Page(body, etag, (*headers, ("ETag", etag)), version, monotonic())


def _answer(page: Page) -> Response:
    sent = request.headers.get("If-None-Match", "")
    known = {tag.strip().removeprefix("W/") for tag in sent.split(",")}
    if page.etag in known or sent.strip() == "*":
        response = Response(status=304)
        kept = ("ETag", "Cache-Control", "Vary", "Content-Language", "Last-Modified")
        response.headers.extend([(n, v) for n, v in page.headers if n in kept])
        response.headers.pop("Content-Type", None)
        return response
    response = Response(page.body)
    response.headers.clear()
    response.headers.extend(page.headers)
    response.headers["Content-Length"] = str(len(page.body))
    return response
