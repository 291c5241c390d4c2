"""Browsers as a crowd has them: each with its own kept-alive connection, cookies and form."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from tests.servers import LiveServer

PATIENCE = 60.0
Item = TypeVar("Item")
Result = TypeVar("Result")


class _HiddenFields(HTMLParser):
    """Collects what a form of a page sends besides what people fill in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden" and values.get("name"):
            self.found[str(values["name"])] = values.get("value") or ""


@dataclass(frozen=True)
class Answer:
    """What came back in the end, redirects followed."""

    status: int
    path: str
    body: str


class Browser:
    """One visitor."""

    def __init__(self, server: LiveServer) -> None:
        """Connect when first needed."""
        self._connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)
        self._cookies = SimpleCookie()
        self.statuses: list[int] = []
        """Of all answers so far."""

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._send("GET", path)

    def submit(self, page: Answer, path: str, fields: dict[str, str]) -> Answer:
        """Send a form of a page back, with what it holds hidden."""
        hidden = _HiddenFields()
        hidden.feed(page.body)
        body = urlencode({**hidden.found, **fields})
        return self._send("POST", path, body, "application/x-www-form-urlencoded")

    def send_json(self, path: str, body: str) -> Answer:
        """Send what a script would."""
        return self._send("POST", path, body, "application/json")

    def _send(self, method: str, path: str, body: str = "", kind: str = "") -> Answer:
        headers = {"Content-Type": kind} if kind else {}
        if self._cookies:
            pairs = (f"{name}={morsel.value}" for name, morsel in self._cookies.items())
            headers["Cookie"] = "; ".join(pairs)
        self._connection.request(method, path, body or None, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        self.statuses.append(response.status)
        for line in response.headers.get_all("Set-Cookie", ()):
            self._cookies.load(line)
        if response.status == 303:
            return self.get(urlsplit(urljoin(path, response.headers["Location"])).path)
        return Answer(response.status, path, text)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def at_once(work: Callable[[Item, Barrier], Result], items: Sequence[Item]) -> list[Result]:
    """Do the work for all items in a thread each; the barrier opens when all have come to it."""
    barrier = Barrier(len(items))

    def one(item: Item) -> Result:
        try:
            return work(item, barrier)
        except BaseException:
            barrier.abort()  # else the others would wait for ever
            raise

    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(one, items))
