"""The filters of `/events` as they stand in an address: read kindly, written back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eventmgr.programme.queries import Filters

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_QUERY = 100
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True)
class Asked:
    """What somebody asks of `/events`, and which of it could not be read."""

    filters: Filters
    month: date | None
    """The first day of the month to show as a calendar; None for the list."""
    page: int
    unread: tuple[str, ...]
    """Names of parameters that made no sense and were left out."""


def read(args: Mapping[str, str], today: date) -> Asked:
    """Read the query parameters; what makes no sense is left out and named."""
    unread: list[str] = []

    def day(name: str) -> date | None:
        found = read_day(args.get(name, ""))
        if args.get(name) and found is None:
            unread.append(name)
        return found

    first, last = day("from"), day("to")
    month = None
    if args.get("view") == "month":
        month = read_month(args.get("month", ""))
        if args.get("month") and month is None:
            unread.append("month")
        month = month or (first or today).replace(day=1)
    filters = Filters(
        q=_words(args.get("q", "")),
        series=_matching(_SLUG, args.get("series", "")),
        region=_matching(_SLUG, args.get("region", "")),
        format=_matching(_SLUG, args.get("format", "")),
        language=_matching(_LANGUAGE, args.get("language", "")),
        first=None if month else first,
        last=None if month else last,
    )
    return Asked(filters, month, _page(args.get("page", "")), tuple(unread))


def read_day(text: str) -> date | None:
    """Return the day of `2026-12-01`, None where it is none or far from our time."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def read_month(text: str) -> date | None:
    """Return the first day of `2026-12`."""
    match = _MONTH.fullmatch(text.strip())
    return read_day(f"{match[1]}-{match[2]}-01") if match else None


def _words(text: str) -> str:
    """Return what is searched for, in one line and of a length that a person types."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY]).split())


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _page(text: str) -> int:
    return int(text) if _PAGE.fullmatch(text) else 1


def parameters(filters: Filters, **changes: str) -> dict[str, str]:
    """Return the query parameters that stand for these filters, some changed, or left off by ""."""
    values = {
        "q": filters.q,
        "series": filters.series,
        "region": filters.region,
        "format": filters.format,
        "language": filters.language,
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
        **changes,
    }
    return {name: value for name, value in values.items() if value}
