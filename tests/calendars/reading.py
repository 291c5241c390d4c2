"""A reader of calendars that forgives nothing, independent of the library that writes them."""

import re

PROPERTY = re.compile(r'^([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$', re.DOTALL)
LONGEST_LINE = 75

Lines = list[tuple[str, str]]
"""Name with parameters, and value, of each content line."""


def lines_of(body: bytes) -> Lines:
    """Check the bytes against RFC 5545, 3.1 and return the content lines, unfolded."""
    assert not body.startswith(b"\xef\xbb\xbf")
    assert body.endswith(b"\r\n")
    assert body.replace(b"\r\n", b"").count(b"\n") == body.replace(b"\r\n", b"").count(b"\r") == 0
    physical = body.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert 0 < len(line) <= LONGEST_LINE
        line.decode()  # folded between characters, never inside one
    text = body.decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", text)
    unfolded = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    return [_content_line(line) for line in unfolded]


def _content_line(line: str) -> tuple[str, str]:
    match = PROPERTY.match(line)
    assert match, line
    return match[1] + match[2], match[3]


def components(lines: Lines, kind: str) -> list[dict[str, str]]:
    """Return the properties of each component of that kind, without what is nested in it."""
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for name, value in lines:
        if name == "BEGIN":
            stack.append(value)
            if value == kind:
                found.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack and stack[-1] == kind:
            key = name.split(";")[0]
            assert key not in found[-1], f"{key} twice"
            found[-1][key] = value
            found[-1][name] = value
    assert stack == []
    return found


def entries(body: bytes) -> list[dict[str, str]]:
    """Return the VEVENTs, by name and by name with parameters."""
    return components(lines_of(body), "VEVENT")


def head(body: bytes) -> dict[str, str]:
    """Return the properties of the calendar itself."""
    (found,) = components(lines_of(body), "VCALENDAR")
    return found
