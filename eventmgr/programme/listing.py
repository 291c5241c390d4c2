"""Events in rows: by month, with the day's numeral, and what each row says about its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from babel import Locale, dates, lists

from eventmgr.i18n import _, formats, language
from eventmgr.programme.models import Event
from eventmgr.programme.states import SignUp, has_own_time, sign_up_state


@dataclass(frozen=True)
class Row:
    """An event in a list."""

    event: Event
    state: SignUp
    repeats_day: bool = False
    """Whether the row above has the same day, so that its numeral need not stand twice."""

    @property
    def starts_on(self) -> date:
        """The day it begins, where it happens."""
        return formats.local(self.event.starts_at, self.event.zone).date()

    @property
    def ends_on(self) -> date:
        """The day of its last beginning; an evening that ends after midnight is one day."""
        return formats.local(self.event.days[-1].starts_at, self.event.zone).date()

    @property
    def has_several_days(self) -> bool:
        """Whether it lasts more than a day."""
        return self.starts_on != self.ends_on

    @property
    def numeral(self) -> str:
        """The day of the month, or both: 10, 11–15."""
        if not self.has_several_days:
            return str(self.starts_on.day)
        return f"{self.starts_on.day}–{self.ends_on.day}"

    @property
    def weekdays(self) -> str:
        """Tuesday, or Monday to Friday."""
        if not self.has_several_days:
            return weekday(self.starts_on)
        return _("%(first)s to %(last)s", first=weekday(self.starts_on), last=weekday(self.ends_on))

    @property
    def has_own_time(self) -> bool:
        """Whether the clocks there differ from the programme's."""
        return has_own_time(self.event)


@dataclass(frozen=True)
class Month:
    """The rows of one month."""

    first_day: date
    rows: list[Row]

    @property
    def name(self) -> str:
        """December."""
        return month_name(self.first_day)


def weekday(day: date, width: str = "EEEE") -> str:
    """Return the name of the day of the week; `EEEEEE` for the shortest."""
    return dates.format_date(day, width, locale=_locale()).rstrip(".")


def month_name(day: date) -> str:
    """Return the name of the month, standing alone."""
    return dates.format_date(day, "LLLL", locale=_locale())


def _locale() -> Locale:
    return Locale.parse(language())


def language_names(codes: Iterable[str]) -> str:
    """Return the names of languages as the reader writes them: Englisch und Deutsch."""
    known = _locale().languages
    names = [str(known.get(code, code)) for code in codes]
    text = lists.format_list(names, locale=_locale())
    return text[:1].upper() + text[1:]


def place_line(event: Event) -> str:
    """Return town, house and room in one line, or that the event is online."""
    if event.venue is None:
        return _("Online")
    room = event.room.name if event.room else ""
    return ", ".join(part for part in (event.venue.city, event.venue.name, room) if part)


def rows(events: Iterable[Event], at: datetime) -> list[Row]:
    """Return the events as rows in the order of their own clocks."""
    ordered = sorted(events, key=lambda e: formats.local(e.starts_at, e.zone).replace(tzinfo=None))
    found: list[Row] = []
    for event in ordered:
        row = Row(event, sign_up_state(event, at))
        above = found[-1] if found else None
        repeats = above is not None and (above.starts_on, above.ends_on) == (
            row.starts_on,
            row.ends_on,
        )
        found.append(Row(event, row.state, repeats_day=repeats))
    return found


def by_month(listed: Iterable[Row]) -> list[Month]:
    """Return the rows under the month in which each begins."""
    grouped = groupby(listed, key=lambda row: row.starts_on.replace(day=1))
    return [Month(first_day, list(group)) for first_day, group in grouped]
