"""What goes on paper, as plain values: the renderer sees these and never the database.

Every text arrives ready for its reader: translated, dates written out, links absolute.
"""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """The mark that says a group or a kind of series without colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    PILL = "pill"


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its shape and colour: a stakeholder group, or the kind of a series."""

    word: str
    shape: Shape = Shape.CIRCLE
    colour: str = "#14172a"


@dataclass(frozen=True, slots=True)
class Code:
    """What is scanned, and the short form beside it that a person can read out."""

    text: str
    short: str
    label: str
    mask: int | None = None
    """The best mask kept with the code; without it the best one is sought for each print."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One person's badge for one event."""

    name: str
    organisation: str
    group: Sign | None
    code: Code
    programme: str
    event_title: str
    event_when: str
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of a ticket: when, where, for whom."""

    label: str
    strong: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before coming: the way there, access, whom to ask."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's ticket for one event, a page of paper."""

    programme: str
    tagline: str
    heading: str
    lead: str
    kind: Sign
    title: str
    facts: tuple[Fact, ...]
    state: str
    code: Code
    notes: tuple[Note, ...] = ()
    footer: str = ""
    language: str = "de"
