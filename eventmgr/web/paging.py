"""Long lists in pages: which one was asked for, which rows stand on it, what is sought."""

from dataclasses import dataclass

from flask import request

from eventmgr.web.typed import small_number

PER_PAGE = 50
LONGEST_QUERY = 100
LARGEST = 100_000
"""Higher page numbers are nonsense and would overflow a database's integer."""


@dataclass(frozen=True)
class Paging:
    """One page of a list of `total` rows."""

    page: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * self.per_page

    @property
    def first(self) -> int:
        """The number of the first row on this page, 0 where it is empty."""
        return self.offset + 1 if self.offset < self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.page * self.per_page, self.total)


def asked_page() -> int:
    """Return the page that the address asks for, 1 where it makes no sense."""
    number = small_number(request.args.get("page"))
    return min(max(number or 1, 1), LARGEST)


def asked_text(name: str) -> str:
    """Return a query parameter in one line, of a length that a person types."""
    typed = request.args.get(name, "")[:LONGEST_QUERY]
    return " ".join("".join(c if c.isprintable() else " " for c in typed).split())
