"""What goes into the map and what comes out of it."""

from dataclasses import dataclass

from eventmgr.programme.network.geometry import Box, Point, Way

SMALL, MEDIUM, LARGE = 1, 2, 3
RADII = {SMALL: 7.5, MEDIUM: 9.0, LARGE: 9.0}
CAPSULE = 17.0
"""Half the height of a capsule."""
STROKE = 1.75


@dataclass(frozen=True)
class Station:
    """A town with events. Size: 1 small, 2 medium, 3 an interchange with its name in bold."""

    slug: str
    name: str
    latitude: float
    longitude: float
    count: int
    size: int = SMALL
    names: tuple[str, ...] = ()
    """What it is called in other languages; there is room for each, so that one drawing serves."""

    @property
    def is_large(self) -> bool:
        """Whether it is drawn as a capsule."""
        return self.size == LARGE

    def mark(self, at: Point) -> Box:
        """Return the room that it takes when it is drawn there."""
        across = RADII[self.size] + STROKE
        upright = (CAPSULE if self.is_large else RADII[self.size]) + STROKE
        return Box(at.x - across, at.y - upright, at.x + across, at.y + upright)


@dataclass(frozen=True)
class Line:
    """The towns that a kind of series goes to; in which order does not matter here."""

    kind: str
    stations: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """A name: where its baseline starts, ends or has its middle, and the room it takes."""

    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True)
class Stop:
    """A station as it is drawn: a circle, or a capsule where lines meet."""

    station: Station
    x: float
    y: float
    reach: float
    """Radius of the round area that can be tapped."""
    label: Label
    covers: bool
    """Whether the name had to be put over a line, for want of room."""

    @property
    def radius(self) -> float:
        """Radius of the circle, or half the width of the capsule."""
        return RADII[self.station.size]

    @property
    def mark(self) -> Box:
        """The room that the drawn station takes."""
        return self.station.mark(Point(self.x, self.y))


@dataclass(frozen=True)
class Track:
    """A line as it is drawn; flights are dotted."""

    kind: str
    path: str
    ways: tuple[Way, ...]
    is_flight: bool = False


@dataclass(frozen=True)
class Drawing:
    """One picture of the network."""

    name: str
    width: int
    height: int
    land: str
    land_name: Point | None
    """Middle of the baseline of the land's name, where there is room for it."""
    tracks: tuple[Track, ...]
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class NetworkMap:
    """The network on a wide sheet and on a tall one, and whose data the land is drawn from."""

    wide: Drawing
    tall: Drawing
    attribution: str

    @property
    def drawings(self) -> tuple[Drawing, Drawing]:
        """Both; the page shows the one that fits."""
        return self.wide, self.tall
