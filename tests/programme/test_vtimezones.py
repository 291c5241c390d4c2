"""The rules of time zones against the time zone database."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr

from eventmgr.programme.vtimezones import VTIMEZONES
from tests.calendars.reading import Lines, lines_of

YEARS = range(2020, 2038)
AROUND = timedelta(minutes=90)
END = "20380101T000000"

Onset = tuple[datetime, timedelta, timedelta]
"""When clocks switch, and the offsets before and after."""


@lru_cache
def _onsets(zone: str) -> list[Onset]:
    """Return every switch that the component says, read without the library that wrote it."""
    lines = lines_of(VTIMEZONES[zone].encode())
    starts = [n for n, line in enumerate(lines) if line in {("BEGIN", k) for k in KINDS}]
    return sorted(onset for start in starts for onset in _onsets_of(lines[start:]))


KINDS = ("STANDARD", "DAYLIGHT")


def _onsets_of(lines: Lines) -> list[Onset]:
    part = dict(lines[: next(n for n, (name, _value) in enumerate(lines) if name == "END")])
    before, after = _offset(part["TZOFFSETFROM"]), _offset(part["TZOFFSETTO"])
    rule = f"RRULE:{part['RRULE']};UNTIL={END}" if "RRULE" in part else f"RDATE:{part['DTSTART']}"
    walls = rrulestr(f"DTSTART:{part['DTSTART']}\n{rule}")
    return [((wall - before).replace(tzinfo=UTC), before, after) for wall in walls]


def _offset(text: str) -> timedelta:
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -size if text[0] == "-" else size


def _said(zone: str, moment: datetime) -> timedelta:
    return [after for at, _before, after in _onsets(zone) if at <= moment][-1]


def _true_switches(zone: ZoneInfo) -> list[datetime]:
    """Return when the zone's offset changes, found by looking at every half hour of such a day."""
    found = []
    day = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    while day.year in YEARS:
        before = day.astimezone(zone).utcoffset()
        step = day
        if before != (day + timedelta(days=1)).astimezone(zone).utcoffset():
            while step.astimezone(zone).utcoffset() == before:
                step += timedelta(minutes=30)
            found.append(step)
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("zone", sorted(VTIMEZONES))
def test_each_zone_switches_when_the_time_zone_database_says(zone: str) -> None:
    said = [at for at, before, after in _onsets(zone) if at.year in YEARS and before != after]
    assert said == _true_switches(ZoneInfo(zone))


@pytest.mark.parametrize("zone", sorted(VTIMEZONES))
def test_each_zone_has_the_right_offset_around_its_switches(zone: str) -> None:
    for switch in [at for at, _before, _after in _onsets(zone) if at.year in YEARS]:
        for moment in (switch - AROUND, switch - timedelta(seconds=1), switch, switch + AROUND):
            assert _said(zone, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", sorted(VTIMEZONES))
def test_each_zone_is_right_in_the_middle_of_each_month(zone: str) -> None:
    for year in YEARS:
        for month in range(1, 13):
            moment = datetime(year, month, 15, 12, tzinfo=UTC)
            assert _said(zone, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


def test_every_zone_is_a_name_of_the_time_zone_database() -> None:
    assert set(VTIMEZONES) - available_timezones() == set()


def test_rules_name_one_day_of_the_week_and_no_list_of_dates() -> None:
    for text in VTIMEZONES.values():
        assert {"RDATE", "BYMONTHDAY", "COMMENT"} & set(text.replace(":", ";").split(";")) == set()
        assert text.count("RRULE") == text.count("BYDAY=") == text.count("BEGIN:DAYLIGHT") * 2
