"""Browsers without looks: threads with kept-alive connections, cookies and forms."""

import http.client
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from bench.server import Server

CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"')

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str]


@dataclass
class Browser:
    """One visitor: a connection, cookies, and a count of the requests made."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    _connection: http.client.HTTPConnection | None = None

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request, keep what the answer sets, reconnect where it was hung up."""
        sent = {"Accept-Language": "de", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self._connection is None:
            self._connection = self.server.connection()
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        answer = Answer(
            response.status,
            response.read(),
            {name.lower(): value for name, value in response.getheaders()},
        )
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        self.requests += 1
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """GET a page."""
        return self.send("GET", path, headers=headers)

    def submit(self, path: str, page: Answer, fields: dict[str, str]) -> Answer:
        """Send a form of a page back, with its token, and follow the redirect."""
        token = CSRF.search(page.body)
        value = (token[1] or token[2]).decode() if token else ""
        body = urlencode({"csrf_token": value, **fields}).encode()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.send("POST", path, body=body, headers=form)
        if answer.status == http.HTTPStatus.SEE_OTHER:
            return self.get(urlsplit(answer.headers["location"]).path)
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()


def at_once(
    work: Callable[[Item], Result], items: Sequence[Item], clients: int
) -> tuple[list[Result], float]:
    """Do the work for each item with so many clients at a time; returns results and seconds."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(work, items))
    return results, time.perf_counter() - begun
