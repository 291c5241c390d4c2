"""The programme as a network of lines: stations in Saxony, at its edges what lies beyond.

Pure: it knows neither database nor request. `draw_network` gives two drawings, a wide one and a
tall one for phones, as SVG geometry; `templates/macros/network.html` puts them on the page.

    parts     what goes in and what comes out
    land      the paper: outline of Saxony, places at the edge
    skeleton  which towns each line runs between
    placing   where stations lie on the grid
    routing   the ways in between, in steps of 45 degrees, side by side where shared
    labels    where the names go
    sketch    all of it in its order; the best of a few tries is taken
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from eventmgr.programme.network.labels import text_width
from eventmgr.programme.network.land import attribution, papers
from eventmgr.programme.network.parts import (
    Drawing,
    Line,
    NetworkMap,
    Station,
    Stop,
    Track,
)
from eventmgr.programme.network.sketch import best_drawing

__all__ = ["Drawing", "Line", "NetworkMap", "Station", "Stop", "Track", "draw_network"]


def draw_network(stations: Iterable[Station], lines: Iterable[Line]) -> NetworkMap:
    """Draw these stations and lines; the same ones always give the same drawing."""
    known = {station.slug: station for station in stations}
    plain = tuple(_plain(station) for _slug, station in sorted(known.items()))
    drawn = _drawn(plain, tuple(lines))
    return replace(drawn, wide=_counted(drawn.wide, known), tall=_counted(drawn.tall, known))


def _plain(station: Station) -> Station:
    """Return the station as it is drawn: without its count, under the widest of its names."""
    names = sorted({station.name, *station.names})
    return replace(station, name=max(names, key=text_width), names=(), count=0)


def _counted(drawing: Drawing, known: dict[str, Station]) -> Drawing:
    stops = (replace(stop, station=known[stop.station.slug]) for stop in drawing.stops)
    return replace(drawing, stops=tuple(stops))


@lru_cache(maxsize=32)
def _drawn(stations: tuple[Station, ...], lines: tuple[Line, ...]) -> NetworkMap:
    """Counts and language leave the drawing as it is, so it is kept while they change."""
    wide, tall = (best_drawing(paper, stations, lines) for paper in papers())
    return NetworkMap(wide, tall, attribution())
