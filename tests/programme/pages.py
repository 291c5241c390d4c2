"""Reads a page as somebody with a form before them: what is filled in, what is said to be wrong."""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

ENGLISH = {"Accept-Language": "en"}
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The fields of the page's forms with their values, by name; its errors; its words."""

    def __init__(self, response: TestResponse) -> None:
        """Read the answer to the end."""
        super().__init__()
        self.status = response.status_code
        self.fields: MultiDict[str, str] = MultiDict()
        self.errors: list[str] = []
        self._select = ""
        self._textarea: str | None = None
        self._depth_of_error = 0
        self._words: list[str] = []
        self.feed(response.text)

    @property
    def words(self) -> str:
        """All that is written on the page, in one line."""
        return re.sub(r"\s+", " ", " ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note fields, and where an error begins."""
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and name and _is_sent(found):
            self.fields.add(name, found.get("value") or "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.fields.add(self._select, found.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.fields.add(name, "")
        elif tag == "p" and "kern-error" in (found.get("class") or ""):
            self._depth_of_error = 1
            self.errors.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note where fields and errors end."""
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = ""
        elif tag == "p":
            self._depth_of_error = 0

    def handle_data(self, data: str) -> None:
        """Keep words, those of errors and of long texts apart as well."""
        if self._textarea is not None:
            self.fields[self._textarea] += data.removeprefix("\r\n").removeprefix("\n")
            return
        self._words.append(data)
        if self._depth_of_error and data.strip():
            self.errors[-1] += data.strip()


def _is_sent(found: Attributes) -> bool:
    """Whether a browser sends this input with its form."""
    kind = found.get("type")
    return kind not in ("checkbox", "radio") or "checked" in found


class Desk:
    """A browser of the office: opens pages, changes fields, sends forms."""

    def __init__(self, client: FlaskClient) -> None:
        """Remember the browser."""
        self.client = client

    def open(self, path: str) -> Page:
        """Open a page in English."""
        return Page(self.client.get(path, headers=ENGLISH, follow_redirects=True))

    def send(self, path: str, page: Page | None = None, **changes: str | list[str]) -> Page:
        """Send a page's form with some fields changed, and follow to the next page."""
        fields = page.fields.copy() if page else MultiDict[str, str]()
        for name, value in changes.items():
            fields.setlist(name.replace("__", "-"), [value] if isinstance(value, str) else value)
        return Page(self.client.post(path, data=fields, headers=ENGLISH, follow_redirects=True))
