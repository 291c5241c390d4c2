"""A month of events as a calendar sheet: weeks of seven days from Monday."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from eventmgr.i18n import formats, say
from eventmgr.programme import filtering
from eventmgr.programme.listing import Row, month_name, rows, weekday
from eventmgr.programme.models import Day, Event, SeriesKind
from eventmgr.programme.queries import Filters

SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """An event on one of its days."""

    row: Row
    day: Day
    of: int
    """How many days the event lasts."""

    @property
    def short_title(self) -> str:
        """The title up to its colon, because a cell is narrow."""
        title = say(self.row.event.title)
        head = title.partition(": ")[0]
        return head if len(head) > len("InnoCamp") else title


@dataclass(frozen=True)
class Cell:
    """A day of the sheet."""

    day: date
    is_in_month: bool
    is_today: bool
    entries: list[Entry]

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return self.day.weekday() >= SATURDAY


@dataclass(frozen=True)
class Sheet:
    """The month with all its days."""

    first_day: date
    weeks: list[list[Cell]]
    count: int
    """How many events touch the month, the filters applied."""
    by_kind: dict[SeriesKind, int]
    """The same by format, whatever format is chosen."""
    by_region: dict[str, int]
    """The same by region, whatever region is chosen."""

    @property
    def name(self) -> str:
        """December."""
        return month_name(self.first_day)

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Short and long names of the days, Monday first."""
        return [(weekday(cell.day, "EEEEEE"), weekday(cell.day)) for cell in self.weeks[0]]

    @property
    def previous(self) -> date | None:
        """The first day of the month before, None where the sheets end."""
        return filtering.read_day((self.first_day - timedelta(days=1)).replace(day=1).isoformat())

    @property
    def next(self) -> date | None:
        """The first day of the month after."""
        return filtering.read_day(_month_after(self.first_day).isoformat())


def wider(filters: Filters, month: date) -> Filters:
    """Return filters for every event that could touch the month anywhere on earth.

    Format and region are left off, so that one answer also gives the counts beside them.
    """
    first, last = month - timedelta(days=1), _month_after(month)
    return replace(filters, format="", region="", first=first, last=last)


def sheet(
    events: Iterable[Event], filters: Filters, month: date, *, today: date, at: datetime
) -> Sheet:
    """Return the month of these events, which were found with `wider`."""
    inside = [event for event in events if _touches(event, month)]
    chosen = [e for e in inside if _is_of(e, filters.format) and _is_in(e, filters.region)]
    entries: defaultdict[date, list[Entry]] = defaultdict(list)
    for row in rows(chosen, at):
        days = row.event.days
        for day in days:
            entries[_date(day, row.event)].append(Entry(row, day, len(days)))
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return Sheet(
        first_day=month,
        weeks=[[_cell(day, month, today, entries) for day in week] for week in weeks],
        count=len(chosen),
        by_kind=Counter(e.series.kind for e in inside if _is_in(e, filters.region)),
        by_region=Counter(
            e.venue.region.slug for e in inside if e.venue and _is_of(e, filters.format)
        ),
    )


def _cell(day: date, month: date, today: date, entries: dict[date, list[Entry]]) -> Cell:
    is_in_month = day.month == month.month
    return Cell(day, is_in_month, day == today, entries.get(day, []) if is_in_month else [])


def _touches(event: Event, month: date) -> bool:
    return any(_date(day, event).replace(day=1) == month for day in event.days)


def _date(day: Day, event: Event) -> date:
    return formats.local(day.starts_at, event.zone).date()


def _is_of(event: Event, kind: str) -> bool:
    return not kind or event.series.kind == kind


def _is_in(event: Event, region: str) -> bool:
    return not region or (event.venue is not None and event.venue.region.slug == region)


def _month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
