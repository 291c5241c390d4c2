"""Cache of whole answers to the public: cookie-free, valid for one version of the programme.

The version is the programme's (see `programme.service`), read at most once a second per process
and forgotten at once when this process changes it. Pages are keyed by address and language and
rendered anew each minute, because “today”, “sign-up closes” and “over” depend on the time. Feeds
are keyed by their address alone, and hardly depend on the time.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from time import monotonic
from typing import Any, ParamSpec

from flask import Flask, Response, current_app, make_response, request
from werkzeug.http import http_date, parse_date

from eventmgr.clock import now
from eventmgr.i18n import address_language, language

MAX_PAGES = 2_000
MAX_BYTES = 64 * 1024 * 1024
VERSION_SECONDS = 1.0
PAGE_SECONDS = 60.0
FEED_SECONDS = 3600.0
REPEATED = {"Cache-Control", "ETag", "Referrer-Policy", "Vary"}
"""Headers that a 304 carries too (RFC 9110, 15.4.5)."""

Key = tuple[str, str]
"""Address and language."""


@dataclass(frozen=True)
class Page:
    """A rendered page and what it was made from."""

    body: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    version: int
    fresh_until: float


class PageCache:
    """Pages by key, oldest out first, bounded in number and bytes."""

    def __init__(self, read_version: Callable[[], int]) -> None:
        """Remember how the programme's version is read."""
        self._read_version = read_version
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _number in range(64)]
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

    def find(self, key: Key) -> Page | None:
        """Return the page if it is still true."""
        page = self._pages.get(key)
        is_true = page and page.version == self.version() and monotonic() < page.fresh_until
        return page if is_true else None

    def making(self, key: Key) -> threading.Lock:
        """Return what to hold while making a page: whoever else asks for it waits and takes it."""
        return self._making[hash(key) % len(self._making)]

    def keep(self, key: Key, page: Page) -> None:
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


P = ParamSpec("P")


def cached_page(view: Callable[P, Any]) -> Callable[P, Response]:
    """Serve a public page from the cache, with a strong ETag and 304 (RFC 9110, 8.8.3, 15.4.5)."""
    return _cached(view, _page_key, PAGE_SECONDS)


def cached_feed(view: Callable[P, Any]) -> Callable[P, Response]:
    """Serve a feed from the cache: its bytes depend on its address, nothing else of the request.

    The view says itself how long others may keep it and when it was last modified.
    """
    return _cached(view, _feed_key, FEED_SECONDS)


def _page_key() -> Key:
    return request.full_path, language()


def _feed_key() -> Key:
    return request.path, address_language()


def _cached(
    view: Callable[P, Any], key_of: Callable[[], Key], seconds: float
) -> Callable[P, Response]:
    @wraps(view)
    def cached(*args: P.args, **kwargs: P.kwargs) -> Response:
        cache: PageCache = current_app.extensions["page_cache"]
        key = key_of()
        page = cache.find(key)
        if page is None:
            with cache.making(key):
                page = cache.find(key)
                if page is None:
                    version = cache.version()
                    response = make_response(view(*args, **kwargs))
                    if response.status_code != HTTPStatus.OK:
                        return response
                    page = _page_of(response, version, seconds)
                    cache.keep(key, page)
        return _answer(page)

    return cached


def revalidated(view: Callable[P, Any]) -> Callable[P, Response]:
    """Give a private answer an ETag and 304 without keeping it."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        is_good = response.status_code == HTTPStatus.OK
        return _answer(_page_of(response, 0, 0)) if is_good else response

    return answered


def _page_of(response: Response, version: int, seconds: float) -> Page:
    body = response.get_data()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = [(name, value) for name, value in response.headers if name != "Content-Length"]
    if not response.headers.get("Cache-Control"):
        # Revalidated each time, so that a changed choice of language shows at once.
        headers += [("Cache-Control", "public, no-cache"), ("Vary", "Accept-Language")]
    if response.mimetype == "text/html":
        headers.append(("Content-Language", language()))
    return Page(body, etag, (*headers, ("ETag", etag)), version, monotonic() + seconds)


def _answer(page: Page) -> Response:
    if _is_known(page):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        response.headers.extend([(n, v) for n, v in page.headers if n in REPEATED])
        response.headers.pop("Content-Type", None)
        return response
    response = Response(page.body)
    response.headers.clear()
    response.headers.extend(page.headers)
    response.headers["Content-Length"] = str(len(page.body))
    return response


def _is_known(page: Page) -> bool:
    """Whether the asker has these bytes already; the ETag outranks the date (RFC 9110, 13.2.2)."""
    sent = request.headers.get("If-None-Match")
    if sent is not None:
        known = {tag.strip().removeprefix("W/") for tag in sent.split(",")}
        return page.etag in known or sent.strip() == "*"
    modified = dict(page.headers).get("Last-Modified")
    since = request.headers.get("If-Modified-Since")
    return bool(modified and since) and _is_not_after(modified or "", since or "")


def _is_not_after(modified: str, since: str) -> bool:
    """Whether it was not modified since; a date that is malformed or still to come says nothing.

    Leniency here would freeze calendars: one that sends any odd date would never see a change.
    """
    first, second = parse_date(modified), parse_date(since)
    if first is None or second is None or http_date(second) != since:
        return False
    return first <= second <= now()
