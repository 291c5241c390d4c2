"""Follows the links of the site as somebody who may see everything, a few per kind of address."""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

PER_ENDPOINT = 3
SITE = "http://localhost"


class Links(HTMLParser):
    """Collects what a page links to, loads, or asks for with a form that only reads."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep addresses of anchors, links, pictures, scripts and searches."""
        kinds = {"href", "src"}
        if tag == "form" and (dict(attrs).get("method") or "get").lower() == "get":
            kinds.add("action")
        self.found += [value for name, value in attrs if name in kinds and value]


class Crawl:
    """What was visited, by endpoint, and which addresses answered with an error."""

    def __init__(self, client: FlaskClient, addresses: MapAdapter) -> None:
        """Remember who asks, and how an address belongs to an endpoint."""
        self._client = client
        self._addresses = addresses
        self.visits: Counter[str] = Counter()
        self.errors: list[str] = []

    def follow(self, *starts: str) -> None:
        """Visit all of these pages, and some of each kind that they lead to."""
        queue, seen = deque(starts), set(starts)
        while queue:
            address = queue.popleft()
            for link in self._visit(address, is_start=address in starts):
                if link not in seen:
                    seen.add(link)
                    queue.append(link)

    def _visit(self, address: str, *, is_start: bool) -> list[str]:
        try:
            endpoint, _values = self._addresses.match(urlsplit(address).path, method="GET")
        except RequestRedirect as moved:
            return [_local(address, moved.new_url)]
        except HTTPException:
            self.errors.append(f"no such address: {address}")
            return []
        is_enough = self.visits[endpoint] >= PER_ENDPOINT and not is_start
        if endpoint == "static" or is_enough:
            return []
        self.visits[endpoint] += 1
        return self._links_of(address)

    def _links_of(self, address: str) -> list[str]:
        response = self._client.get(address)
        if response.status_code >= 400:
            self.errors.append(f"{response.status_code}: {address}")
            return []
        if response.location:
            return [_local(address, response.location)]
        if response.mimetype != "text/html":
            return []
        links = Links()
        links.feed(response.get_data(as_text=True))
        ours = (_local(address, link) for link in links.found)
        return [link for link in ours if link]


def _local(page: str, link: str) -> str:
    """Return a link of this site as path and query, an empty text for all others."""
    parts = urlsplit(urljoin(SITE + page, link.replace("webcal:", "http:", 1)))
    if f"{parts.scheme}://{parts.hostname}" != SITE:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
