"""VTIMEZONE texts for the zones whose rules RRULE can say (RFC 5545, 3.6.5).

Written out by hand, because rules are what every calendar program reads alike: lists of dates in
their place are read wrongly by several. Zones that are not in this table are written in UTC.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class _Switch:
    """A switch of the clocks: first date, the hour they show before it, and the yearly rule."""

    first: str
    hour: int
    month: int
    day: str


@dataclass(frozen=True)
class _Rule:
    """What zones of one kind share: the two switches of the year."""

    to_summer: _Switch
    to_winter: _Switch


def _european(hour: int) -> _Rule:
    """Return the rule of the European Union since 1996: everywhere at 01:00 UTC."""
    return _Rule(_Switch("19970330", hour, 3, "-1SU"), _Switch("19961027", hour + 1, 10, "-1SU"))


_WESTERN, _CENTRAL, _EASTERN = _european(1), _european(2), _european(3)
_AMERICAN = _Rule(_Switch("20070311", 2, 3, "2SU"), _Switch("20071104", 2, 11, "1SU"))

_WITH_SUMMER_TIME = {
    "Europe/London": (_WESTERN, "GMT", "+0000", "BST", "+0100"),
    "Europe/Lisbon": (_WESTERN, "WET", "+0000", "WEST", "+0100"),
    **{
        f"Europe/{city}": (_CENTRAL, "CET", "+0100", "CEST", "+0200")
        for city in (
            "Amsterdam",
            "Berlin",
            "Brussels",
            "Budapest",
            "Copenhagen",
            "Luxembourg",
            "Madrid",
            "Oslo",
            "Paris",
            "Prague",
            "Rome",
            "Stockholm",
            "Vienna",
            "Warsaw",
            "Zurich",
        )
    },
    **{
        f"Europe/{city}": (_EASTERN, "EET", "+0200", "EEST", "+0300")
        for city in ("Athens", "Bucharest", "Helsinki", "Riga", "Sofia", "Tallinn", "Vilnius")
    },
    "America/New_York": (_AMERICAN, "EST", "-0500", "EDT", "-0400"),
    "America/Toronto": (_AMERICAN, "EST", "-0500", "EDT", "-0400"),
    "America/Chicago": (_AMERICAN, "CST", "-0600", "CDT", "-0500"),
    "America/Denver": (_AMERICAN, "MST", "-0700", "MDT", "-0600"),
    "America/Los_Angeles": (_AMERICAN, "PST", "-0800", "PDT", "-0700"),
}

_FIXED = {
    "Asia/Dubai": ("+04", "+0400"),
    "Asia/Hong_Kong": ("HKT", "+0800"),
    "Asia/Kolkata": ("IST", "+0530"),
    "Asia/Seoul": ("KST", "+0900"),
    "Asia/Shanghai": ("CST", "+0800"),
    "Asia/Singapore": ("+08", "+0800"),
    "Asia/Taipei": ("CST", "+0800"),
    "Asia/Tokyo": ("JST", "+0900"),
}


def _part(kind: str, first: str, before: str, after: str, name: str, rule: str = "") -> list[str]:
    lines = [f"DTSTART:{first}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"TZNAME:{name}"]
    return [f"BEGIN:{kind}", *lines, *([f"RRULE:{rule}"] if rule else []), f"END:{kind}"]


def _onset(switch: _Switch) -> tuple[str, str]:
    rule = f"FREQ=YEARLY;BYMONTH={switch.month};BYDAY={switch.day}"
    return f"{switch.first}T{switch.hour:02}0000", rule


def _with_summer_time(
    rule: _Rule, winter_name: str, winter: str, summer_name: str, summer: str
) -> list[str]:
    summer_first, summer_rule = _onset(rule.to_summer)
    winter_first, winter_rule = _onset(rule.to_winter)
    return [
        *_part("DAYLIGHT", summer_first, winter, summer, summer_name, summer_rule),
        *_part("STANDARD", winter_first, summer, winter, winter_name, winter_rule),
    ]


def _text(zone: str, parts: list[str]) -> str:
    return "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{zone}", *parts, "END:VTIMEZONE", ""])


VTIMEZONES = {
    **{zone: _text(zone, _with_summer_time(*facts)) for zone, facts in _WITH_SUMMER_TIME.items()},
    **{
        zone: _text(zone, _part("STANDARD", "20000101T000000", offset, offset, name))
        for zone, (name, offset) in _FIXED.items()
    },
}
"""The whole component by IANA name, ready for a calendar."""
