"""Dates, times and numbers as the reader writes them, in the event's own zone (Babel, cached).

Every filter takes an aware instant and the IANA name of the zone in which it is to be read.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import Flask

from eventmgr.i18n.languages import language
from eventmgr.i18n.texts import gettext as _

_LOCALES = {"de": "de", "en": "en_GB", "fr": "fr", "nl": "nl"}
_SHORT_DAY = {"de": "ccc, d. MMMM", "en": "EEE d MMMM", "fr": "EEE d MMMM", "nl": "EEE d MMMM"}
_DAY = {"de": "ccc, d. MMMM y", "en": "EEE d MMMM y", "fr": "EEE d MMMM y", "nl": "EEE d MMMM y"}
_TABLE = {
    "de": "ccc d.M., H:mm",
    "en": "EEE d/M, HH:mm",
    "fr": "EEE d/M, H:mm",
    "nl": "EEE d/M, H:mm",
}


@lru_cache(maxsize=8)
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES[code])


@lru_cache(maxsize=20_000)
def _format(moment: datetime, zone: str, pattern: str, code: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    if pattern == "full":
        return dates.format_date(local, "full", locale=_locale(code))
    return dates.format_datetime(local, pattern, tzinfo=ZoneInfo(zone), locale=_locale(code))


def long_day(moment: datetime, zone: str) -> str:
    """Thursday, 10 December 2026."""
    return _format(moment, zone, "full", language())


def day(moment: datetime, zone: str) -> str:
    """Thu 10 December 2026."""
    return _format(moment, zone, _DAY[language()], language())


def short_day(moment: datetime, zone: str) -> str:
    """Thu 10 December."""
    return _format(moment, zone, _SHORT_DAY[language()], language())


def month(moment: datetime, zone: str) -> str:
    """December 2026."""
    return _format(moment, zone, "LLLL y", language())


def clock_time(moment: datetime, zone: str) -> str:
    """9:30."""
    return _format(moment, zone, "H:mm", language())


def table_moment(moment: datetime, zone: str) -> str:
    """Thu 10/12, 9:30, for dense tables."""
    return _format(moment, zone, _TABLE[language()], language())


def time_range(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """9:30 to 16:30, with the word for “o’clock” where the language wants it."""
    return _(
        "%(start)s to %(end)s", start=clock_time(starts_at, zone), end=clock_time(ends_at, zone)
    )


def date_range(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Thu 10 December 2026, or 11–15 January 2027 where it lasts several days."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (starts_at, ends_at))
    if first == last:
        return day(starts_at, zone)
    return _days(first, last, language())


@lru_cache(maxsize=2_000)
def _days(first: date, last: date, code: str) -> str:
    """Write two days as one span; CLDR has this pattern only for short names of months."""
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    parts = _locale(code).interval_formats["yMMMd"][differs]
    return "".join(
        dates.format_date(either, part.replace("MMM", "MMMM"), _locale(code))
        for either, part in zip((first, last), parts, strict=True)
    )


def zone_name(moment: datetime, zone: str) -> str:
    """Central European Time."""
    local = moment.astimezone(ZoneInfo(zone))
    return dates.get_timezone_name(local, width="long", locale=_locale(language()))


def number(value: float) -> str:
    """1,037 as the reader groups it."""
    return numbers.format_decimal(value, locale=_locale(language()))


def percent(share: float) -> str:
    """86 %."""
    return numbers.format_percent(share, locale=_locale(language()))


def local(moment: datetime, zone: str) -> datetime:
    """Return the wall-clock time in that zone, for `datetime` attributes and calculations."""
    return moment.astimezone(ZoneInfo(zone))


def register(app: Flask) -> None:
    """Offer these as template filters."""
    filters = (
        long_day,
        day,
        short_day,
        month,
        clock_time,
        table_moment,
        time_range,
        date_range,
        zone_name,
        number,
        percent,
        local,
    )
    for function in filters:
        app.add_template_filter(function)
