"""`/events`: filters, chips, pages, the month, and kindness towards bad addresses."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.clock import now
from eventmgr.programme.models import SeriesKind
from tests.factories import a_region, a_series, a_venue, an_event, at_berlin
from tests.public_pages import read, statements_of

MOST_STATEMENTS = 6
TITLE = re.compile(r'<a href="/events/[^"]*">([^<]*)</a></h3>')


@pytest.fixture
def programme(app: Flask) -> None:
    """Put four different events into the year 2099, and one into the past."""
    with app.app_context():
        workshop = a_series(title={"en": "Workshops"}, slug="workshops")
        slam = a_series(SeriesKind.INNOSLAM, title={"en": "Tour"}, slug="tour")
        dresden, leipzig = a_venue(), a_venue(region=a_region("leipzig"), city="Leipzig")
        rows = [
            (workshop, dresden, "2099-12-10T10:00+01:00", "Hydrogen", ["de"]),
            (workshop, leipzig, "2099-12-10T17:00+01:00", "Glass", ["de", "en"]),
            (slam, leipzig, "2099-12-31T19:00+01:00", "Slam", ["de"]),
            (slam, dresden, "2100-01-07T19:00+01:00", "Finale", ["de"]),
        ]
        for series, venue, start, title, languages in rows:
            starts_at = datetime.fromisoformat(start)
            an_event(
                series=series,
                venue=venue,
                starts_at=starts_at,
                title={"en": title},
                languages=languages,
                ends_at=starts_at + timedelta(hours=3),
            )
        an_event(series=slam, venue=dresden, starts_at=at_berlin(-20), title={"en": "Long ago"})


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Hydrogen", "Glass", "Slam", "Finale"]),
        ("q=hydro", ["Hydrogen"]),
        ("q=LEIPZIG+glass", ["Glass"]),
        ("series=tour", ["Slam", "Finale"]),
        ("region=leipzig", ["Glass", "Slam"]),
        ("format=innoslam&region=dresden", ["Finale"]),
        ("language=en", ["Glass"]),
        ("from=2099-12-31", ["Slam", "Finale"]),
        ("to=2099-12-10", ["Hydrogen", "Glass"]),
        ("from=2099-12-11&to=2099-12-31", ["Slam"]),
    ],
)
def test_filters_can_be_put_into_the_address(
    client: FlaskClient, query: str, titles: list[str]
) -> None:
    text = read(client, f"/events?{query}")
    assert TITLE.findall(text) == titles
    assert f"<b>{len(titles)} event{'s' if len(titles) > 1 else ''}</b>" in text


@pytest.mark.usefixtures("programme")
def test_chips_count_what_the_other_filters_leave(client: FlaskClient) -> None:
    text = read(client, "/events?region=leipzig")
    chips = re.findall(
        r'<li><a href="([^"]*)"[^>]*>(?:<svg.*?</svg>)?([^<]*)</a></li>',
        text[text.index('aria-label="Kind of event"') :].partition("</nav>")[0],
    )
    assert chips == [
        ("/events?region=leipzig", "All 2"),
        ("/events?region=leipzig&amp;format=workshop", "Workshop 1"),
        ("/events?region=leipzig&amp;format=innoslam", "InnoSlam 1"),
    ]


@pytest.mark.usefixtures("programme")
def test_what_is_chosen_stands_in_the_form(client: FlaskClient) -> None:
    text = read(
        client, "/events?q=a%22b&region=leipzig&language=en&from=2099-12-01&format=workshop"
    )
    assert 'value="a&#34;b"' in text
    assert '<option value="leipzig" selected>' in text
    assert '<option value="en" selected>English</option>' in text
    assert 'value="2099-12-01"' in text
    assert '<input type="hidden" name="format" value="workshop">' in text


@pytest.mark.usefixtures("programme")
def test_the_second_event_of_a_day_does_not_repeat_the_numeral(client: FlaskClient) -> None:
    text = read(client, "/events?to=2099-12-10")
    assert text.count("<b>10</b>") == 1
    assert '<span class="kern-sr-only">Thu 10 December</span>' in text


@pytest.mark.usefixtures("programme")
def test_months_head_the_events_that_begin_in_them(client: FlaskClient) -> None:
    heads = re.findall(r'id="m([\d-]+)">(\w+) <span>(\d+)</span>', read(client, "/events"))
    assert heads == [("2099-12", "December", "2099"), ("2100-01", "January", "2100")]


@pytest.mark.usefixtures("programme")
def test_the_past_year_can_be_looked_at(client: FlaskClient) -> None:
    address = re.search(
        r'href="(/events\?from=[^"]*)">Events of the past year', read(client, "/events")
    )
    assert address is not None
    assert TITLE.findall(read(client, address[1].replace("&amp;", "&"))) == ["Long ago"]


@pytest.mark.usefixtures("programme")
def test_where_nothing_matches_the_page_offers_a_way_out(client: FlaskClient) -> None:
    text = read(client, "/events?q=nowhere")
    assert "Nothing stops here yet" in text
    assert "Without them you will find 4 events." in text
    assert 'href="/events"><span class="kern-label">Reset filters' in text


def test_an_empty_programme_says_so(client: FlaskClient) -> None:
    assert "No stop is planned at the moment" in read(client, "/events")


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "query",
    [
        "from=abc",
        "from=0001-01-01",
        "to=9999-12-31",
        "from=2099-02-30",
        "view=month&month=9999-99",
        "view=month&month=2099-13",
        "view=month&month=\u0662\u0660\u0662\u0666-\u0661\u0662",
    ],
)
def test_a_date_that_makes_no_sense_is_left_out_and_said(client: FlaskClient, query: str) -> None:
    text = read(client, f"/events?{query}")
    assert "Part of this address could not be read" in text


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "query",
    [
        f"q={'x' * 10_000}",
        "q=%00%ED%A0%80",
        "q=%25_%5C",
        "series=%00",
        "region='--",
        "format=WORKSHOP",
        "language=%25",
        "view=week",
        "page=abc",
        "page=-1",
        "page=0",
        f"page={'9' * 400}",
        "q=a&q=b&view[]=month",
    ],
)
def test_other_nonsense_is_read_kindly(client: FlaskClient, query: str) -> None:
    assert "could not be read" not in read(client, f"/events?{query}")


@pytest.mark.usefixtures("programme")
def test_a_page_beyond_the_last_is_not_found(client: FlaskClient) -> None:
    assert client.get("/events?page=7").status_code == 404


def test_long_lists_come_in_pages_that_keep_the_filters(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        series, venue = a_series(slug="many"), a_venue()
        for day in range(43):
            an_event(series=series, venue=venue, starts_at=at_berlin(day + 1))
    first = read(client, "/events?series=many")
    assert (len(TITLE.findall(first)), "<b>43 events</b>" in first) == (40, True)
    assert 'href="/events?series=many&amp;page=2"' in first
    assert len(TITLE.findall(read(client, "/events?series=many&page=2"))) == 3


@pytest.mark.parametrize("view", ["", "&view=month&month=2099-12"])
def test_the_list_needs_few_statements_however_many_events_there_are(
    app: Flask, client: FlaskClient, view: str
) -> None:
    start = datetime.fromisoformat("2099-12-10T10:00+01:00")
    with app.app_context():
        an_event(starts_at=start)
    with_one = statements_of(app, client, f"/events?q=werkstatt{view}")
    with app.app_context():
        for day in (1, 2):
            an_event(series=a_series(), venue=a_venue(), starts_at=start + timedelta(days=day))
    assert statements_of(app, client, f"/events?q=werkstatt{view}") == with_one
    assert with_one <= MOST_STATEMENTS


@pytest.mark.usefixtures("programme")
def test_the_month_shows_each_event_on_its_day(client: FlaskClient) -> None:
    text = read(client, "/events?view=month&month=2099-12")
    assert "<b>3 events</b>" in text
    cells = re.findall(r"<td[^>]*>\s*<b>(\d+)</b>(.*?)</td>", text, re.DOTALL)
    assert len(cells) == 35
    filled = {day: re.findall(r"\d+:\d\d \w+: \w+", cell) for day, cell in cells if "<a " in cell}
    assert filled == {
        "10": ["10:00 Dresden: Hydrogen", "17:00 Leipzig: Glass"],
        "31": ["19:00 Leipzig: Slam"],
    }


@pytest.mark.usefixtures("programme")
def test_months_are_linked_to_their_neighbours_with_the_filters_kept(client: FlaskClient) -> None:
    text = read(client, "/events?view=month&month=2099-12&region=leipzig&format=innoslam")
    kept = "region=leipzig&amp;format=innoslam&amp;view=month&amp;month="
    assert f'rel="prev" href="/events?{kept}2099-11">November' in text
    assert f'rel="next" href="/events?{kept}2100-01">January' in text
    assert "<b>1 event</b>" in text


def test_the_last_month_has_no_next_one(client: FlaskClient) -> None:
    assert 'rel="next"' not in read(client, "/events?view=month&month=2100-12")
    assert 'rel="prev"' not in read(client, "/events?view=month&month=1990-01")


def test_an_event_abroad_stands_on_the_day_that_it_is_there(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        venue = a_venue(city="San Francisco", zone="America/Los_Angeles")
        start = datetime.fromisoformat("2099-11-30T18:00-08:00")  # 1 December in Berlin
        an_event(venue=venue, starts_at=start, ends_at=start + timedelta(hours=2))
    assert "<b>1 event</b>" in read(client, "/events?view=month&month=2099-11")
    assert "<b>0 events</b>" in read(client, "/events?view=month&month=2099-12")


def test_an_event_of_several_days_stands_on_each_of_them_in_both_months(
    app: Flask, client: FlaskClient
) -> None:
    start = datetime.fromisoformat("2099-12-30T09:00+01:00")
    with app.app_context():
        an_event(starts_at=start, ends_at=start + timedelta(days=3, hours=8), title={"en": "Camp"})
    december = read(client, "/events?view=month&month=2099-12")
    january = read(client, "/events?view=month&month=2100-01")
    assert re.findall(r"Camp \((day \d of \d)\)", december) == ["day 1 of 4", "day 2 of 4"]
    assert re.findall(r"Camp \((day \d of \d)\)", january) == ["day 3 of 4", "day 4 of 4"]
    assert "30–2" in read(client, "/events?from=2099-12-01")


def test_the_month_without_a_month_is_the_present_one(client: FlaskClient) -> None:
    today: date = now().date()
    assert f">{today.year}-" not in read(client, "/events?view=month")
    assert f'value="{today.isoformat()[:7]}"' in read(client, "/events?view=month")


@pytest.mark.usefixtures("programme")
def test_the_month_follows_the_first_day_that_was_asked_for(client: FlaskClient) -> None:
    text = read(client, "/events?from=2099-12-05")
    assert 'href="/events?view=month&amp;month=2099-12">Month' in text


def test_titles_of_any_script_are_found(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        an_event(title={"de": "Łužica ß 会议"})
    for word in ("luzica", "SS", "会议"):
        assert TITLE.findall(read(client, f"/events?q={quote(word)}")) == ["Łužica ß 会议"]
