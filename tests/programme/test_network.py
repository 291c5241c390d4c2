"""The map as a drawing: angles, room between things, everything there once, always the same."""

import math
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from eventmgr.programme.network import Drawing, Line, NetworkMap, Station, draw_network
from eventmgr.programme.network.geometry import Box, part_touches_box

SMALL, MEDIUM, LARGE = 1, 2, 3
SAXON = [
    Station("dresden", "Dresden", 51.05, 13.74, 6, LARGE),
    Station("leipzig", "Leipzig", 51.34, 12.37, 5, LARGE),
    Station("chemnitz", "Chemnitz", 50.83, 12.92, 4, LARGE),
    Station("freiberg", "Freiberg", 50.92, 13.34, 3, MEDIUM),
    Station("zwickau", "Zwickau", 50.72, 12.50, 2, MEDIUM),
    Station("mittweida", "Mittweida", 50.99, 12.97, 1),
    Station("plauen", "Plauen", 50.49, 12.13, 1),
    Station("goerlitz", "Görlitz", 51.15, 14.99, 1),
    Station("zittau", "Zittau", 50.89, 14.80, 1),
    Station("bautzen", "Bautzen", 51.18, 14.43, 1),
    Station("torgau", "Torgau", 51.56, 13.01, 1),
]
BEYOND = [
    Station("berlin", "Berlin", 52.515, 13.40, 4, MEDIUM),
    Station("brussels", "Brüssel", 50.84, 4.39, 3, MEDIUM),
    Station("san-francisco", "San Francisco", 37.77, -122.39, 1),
    Station("tel-aviv", "Tel Aviv", 32.11, 34.80, 1),
    Station("shenzhen", "Shenzhen", 22.53, 114.06, 1),
]
MORE = [
    Station("meissen", "Meißen", 51.16, 13.47, 1),
    Station("hoyerswerda", "Hoyerswerda", 51.43, 14.25, 1),
]
TOUR = ("leipzig", "plauen", "mittweida", "freiberg", "zwickau", "goerlitz", "zittau", "chemnitz")
CAMPS = Line("innocamp", ("san-francisco", "tel-aviv", "shenzhen"))
LINES = [
    Line("dialogue", ("berlin", "brussels", "dresden", "leipzig")),
    Line("workshop", ("chemnitz", "zwickau", "bautzen", "dresden", "torgau", "leipzig")),
    Line("innoslam", (*TOUR, "dresden")),
    CAMPS,
]
MORE_LINES = [
    LINES[0],
    replace(LINES[1], stations=(*LINES[1].stations, "meissen", "hoyerswerda")),
    *LINES[2:],
]
PROGRAMMES = {
    "sixteen towns": ([*SAXON, *BEYOND], LINES),
    "eighteen towns": ([*SAXON, *BEYOND, *MORE], MORE_LINES),
    "one town": (SAXON[:1], [Line("workshop", ("dresden",))]),
    "two towns": (SAXON[:2], [Line("workshop", ("dresden", "leipzig"))]),
    "only abroad": (BEYOND[2:], [CAMPS]),
}


@pytest.fixture(scope="module", params=PROGRAMMES)
def network(request: pytest.FixtureRequest) -> NetworkMap:
    stations, lines = PROGRAMMES[request.param]
    return draw_network(stations, lines)


@pytest.fixture(params=["wide", "tall"])
def drawing(network: NetworkMap, request: pytest.FixtureRequest) -> Drawing:
    drawn: Drawing = getattr(network, request.param)
    return drawn


def test_lines_run_in_steps_of_45_degrees(drawing: Drawing) -> None:
    parts = [part for track in drawing.tracks for way in track.ways for part in pairwise(way)]
    angles = [math.degrees(math.atan2(b.y - a.y, b.x - a.x)) / 45 for a, b in parts]
    assert [round(angle, 6) for angle in angles] == [round(angle) for angle in angles]


def test_the_land_is_drawn_in_steps_of_45_degrees(drawing: Drawing) -> None:
    numbers = [float(n) for n in drawing.land.strip("Mz").split()]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    sides = [(c - a, d - b) for (a, b), (c, d) in pairwise([*corners, corners[0]])]
    assert [(x, y) for x, y in sides if x and y and abs(x) != abs(y)] == []


def test_every_station_is_drawn_once(network: NetworkMap, drawing: Drawing) -> None:
    drawn = [stop.station.slug for stop in drawing.stops]
    assert sorted(drawn) == sorted(set(drawn))
    assert set(drawn) == {stop.station.slug for stop in network.wide.stops}


def test_nothing_leaves_the_paper(drawing: Drawing) -> None:
    paper = Box(0, 0, drawing.width, drawing.height)
    boxes = [box for stop in drawing.stops for box in (stop.mark, stop.label.box)]
    assert [box for box in boxes if not paper.holds(box)] == []


def test_stations_do_not_touch(drawing: Drawing) -> None:
    marks = [stop.mark for stop in drawing.stops]
    assert [pair for pair in combinations(marks, 2) if pair[0].overlaps(pair[1])] == []


def test_names_cover_neither_names_nor_stations(drawing: Drawing) -> None:
    labels = {stop.station.slug: stop.label.box for stop in drawing.stops}
    marks = {stop.station.slug: stop.mark for stop in drawing.stops}
    on_names = [(a, b) for a, b in combinations(labels, 2) if labels[a].overlaps(labels[b])]
    on_stations = [(a, b) for a in labels for b in marks if labels[a].overlaps(marks[b])]
    assert (on_names, on_stations) == ([], [])


def test_names_cover_no_line(drawing: Drawing) -> None:
    parts = [part for track in drawing.tracks for way in track.ways for part in pairwise(way)]
    covered = [
        stop.station.slug
        for stop in drawing.stops
        if any(part_touches_box(a, b, stop.label.box) for a, b in parts)
    ]
    assert covered == []


def test_a_line_reaches_each_of_its_towns() -> None:
    for drawing in draw_network([*SAXON, *BEYOND], LINES).drawings:
        at = {stop.station.slug: stop for stop in drawing.stops}
        for line in LINES:
            ends = [
                end
                for track in drawing.tracks
                if track.kind == line.kind
                for way in track.ways
                for end in (way[0], way[-1])
            ]
            missed = [
                town
                for town in line.stations
                if all(math.dist(end, (at[town].x, at[town].y)) > at[town].radius for end in ends)
            ]
            assert missed == []


def test_only_far_places_are_reached_by_air() -> None:
    drawing = draw_network([*SAXON, *BEYOND], LINES).wide
    by_air = {track.kind: track.is_flight for track in drawing.tracks}
    assert by_air == {"dialogue": False, "workshop": False, "innoslam": False, "innocamp": True}


def test_places_lie_in_their_direction() -> None:
    for drawing in draw_network([*SAXON, *BEYOND], LINES).drawings:
        at = {stop.station.slug: stop for stop in drawing.stops}
        assert at["berlin"].y < min(at[town.slug].y for town in SAXON)
        assert at["brussels"].x < min(at[town.slug].x for town in SAXON)
        assert at["goerlitz"].x == max(at[town.slug].x for town in SAXON)
        assert at["san-francisco"].x < drawing.width / 2 < at["shenzhen"].x
        assert at["tel-aviv"].y > drawing.height / 2 > at["shenzhen"].y


def test_lines_that_share_a_link_run_side_by_side() -> None:
    lines = [Line("workshop", ("dresden", "leipzig")), Line("innoslam", ("leipzig", "dresden"))]
    one, other = draw_network(SAXON[:2], lines).wide.tracks
    gaps = {round(math.dist(a, b)) for a, b in zip(one.ways[0], other.ways[0], strict=True)}
    assert gaps <= {7, 8}


def test_the_order_of_stations_does_not_change_the_drawing() -> None:
    stations = [*SAXON, *BEYOND]
    assert draw_network(stations[::-1], LINES) == draw_network(stations, LINES)


def test_another_count_leaves_the_drawing_as_it_is() -> None:
    busier = [replace(station, count=station.count + 1) for station in SAXON]
    before, after = draw_network(SAXON, LINES[1:3]), draw_network(busier, LINES[1:3])
    assert [(s.x, s.y, s.label) for s in after.tall.stops] == [
        (s.x, s.y, s.label) for s in before.tall.stops
    ]
    assert [s.station.count for s in after.wide.stops] == [
        s.station.count + 1 for s in before.wide.stops
    ]


def test_the_source_of_the_outline_is_named() -> None:
    assert "GeoBasis-DE / BKG" in draw_network(SAXON, LINES).attribution


def test_one_drawing_serves_all_languages_and_leaves_room_for_the_widest_name() -> None:
    names = ("Brüssel", "Brussels", "Bruxelles")
    told = {}
    for name in names:
        brussels = replace(BEYOND[1], name=name, names=names)
        told[name] = draw_network([*SAXON, brussels], LINES)
    shown = {
        stop.station.name: replace(stop, station=BEYOND[1])
        for network in told.values()
        for stop in network.wide.stops
        if stop.station.slug == "brussels"
    }
    assert list(shown) == list(names)
    assert len(set(shown.values())) == 1
    alone = draw_network([*SAXON, replace(BEYOND[1], name="Bruxelles")], LINES)
    assert told["Brüssel"].wide.tracks == alone.wide.tracks
