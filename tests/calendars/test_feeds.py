"""The calendars as subscribers get them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.calendars import queries
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme import service
from eventmgr.programme.models import Event, SeriesKind
from eventmgr.programme.queries import event_by_slug
from tests.calendars.reading import components, entries, head, lines_of
from tests.factories import a_region, a_series, a_venue, an_event

BERLIN = ZoneInfo("Europe/Berlin")


def _event(slug: str) -> Event:
    found = event_by_slug(slug)
    assert found is not None
    return found


@pytest.fixture
def programme(app: Flask) -> None:
    """Return a programme with what is awkward in it."""
    with app.app_context():
        an_event(
            slug="awkward",
            title={
                "de": "Öffentliche Werkstatt; „Zukunft“, heute\\morgen\x0b\x00" + "ü" * 80,
                "en": "Open",
            },
            description={
                "de": "Zeile eins  \nZeile zwei\n\n* **Punkt** mit [Link](https://example.org)\u2028Ende"
            },
        )
        an_event(slug="online", is_online=True, online_url="https://secret.example/room")
        an_event(slug="draft", is_published=False)
        an_event(
            slug="abroad",
            venue=a_venue(
                city="San Francisco", zone="America/Los_Angeles", region=a_region("hotspots")
            ),
        )


@pytest.mark.usefixtures("programme")
def test_every_line_obeys_the_format(client: FlaskClient) -> None:
    body = client.get("/calendars/all.ics").data
    found = entries(body)
    assert len(found) == 3
    assert icalendar.Calendar.from_ical(body).errors == []


@pytest.mark.usefixtures("programme")
def test_the_head_says_name_and_renewal_with_their_kinds(client: FlaskClient) -> None:
    found = head(client.get("/calendars/all.ics").data)
    del found["LAST-MODIFIED"]
    assert found == {
        "VERSION": "2.0",
        "PRODID": "-//eventmgr//eventmgr//EN",
        "CALSCALE": "GREGORIAN",
        "NAME": "StrategieWerkstatt",
        "X-WR-CALNAME": "StrategieWerkstatt",
        "DESCRIPTION": "Wo Sachsens Industrie ihre Zukunft verabredet",
        "X-WR-CALDESC": "Wo Sachsens Industrie ihre Zukunft verabredet",
        "X-WR-TIMEZONE": "Europe/Berlin",
        "REFRESH-INTERVAL": "PT1H",
        "REFRESH-INTERVAL;VALUE=DURATION": "PT1H",
        "X-PUBLISHED-TTL": "PT1H",
        "SOURCE": "http://localhost:8000/calendars/all.ics",
        "SOURCE;VALUE=URI": "http://localhost:8000/calendars/all.ics",
        "URL": "http://localhost:8000/events",
        "COLOR": "royalblue",
        "UID": "calendars-all-de@eventmgr.example",
    }


@pytest.mark.usefixtures("programme")
def test_zones_come_once_each_before_the_entries_and_none_unused(client: FlaskClient) -> None:
    lines = lines_of(client.get("/calendars/all.ics").data)
    kinds = [value for name, value in lines if name == "BEGIN"]
    zones = [zone["TZID"] for zone in components(lines, "VTIMEZONE")]
    assert zones == ["America/Los_Angeles", "Europe/Berlin"]
    assert kinds.index("VEVENT") > max(n for n, kind in enumerate(kinds) if kind == "VTIMEZONE")


@pytest.mark.usefixtures("programme")
def test_texts_come_plain_and_clean_and_end_with_the_address(client: FlaskClient) -> None:
    (entry,) = entries(client.get("/calendars/events/awkward.ics").data)
    assert entry["SUMMARY"] == "Öffentliche Werkstatt\\; „Zukunft“\\, heute\\\\morgen" + "ü" * 80
    assert entry["DESCRIPTION"] == (
        "Zeile eins\\nZeile zwei\\nPunkt mit Link (https://example.org)\\nEnde\\n\\n"
        "http://localhost:8000/events/awkward"
    )
    assert entry["LOCATION"] == "Zeitenströmung\\, Königsbrücker Straße 96\\, 01099 Dresden"
    assert entry["GEO"] == "51.0785;13.7604"
    assert entry["URL"] == "http://localhost:8000/events/awkward"


@pytest.mark.usefixtures("programme")
def test_nobody_learns_from_a_feed_where_to_join_online(client: FlaskClient) -> None:
    body = client.get("/calendars/events/online.ics").data
    (entry,) = entries(body)
    assert (entry["LOCATION"], "CONFERENCE" in entry) == ("Online", False)
    assert b"secret" not in body


@pytest.mark.usefixtures("programme")
def test_no_method_no_people_no_alarm(client: FlaskClient) -> None:
    body = client.get("/calendars/all.ics").data
    names = {name.split(";")[0] for name, _value in lines_of(body)}
    assert names & {"METHOD", "ATTENDEE", "ORGANIZER", "DURATION", "RDATE"} == set()
    assert b"VALARM" not in body


@pytest.mark.usefixtures("programme")
def test_the_same_rows_give_the_same_bytes(app: Flask, client: FlaskClient) -> None:
    first = client.get("/calendars/all.ics")
    with app.app_context(), transaction():
        service.bump_version()
    second = client.get(
        "/calendars/all.ics",
        headers={"Accept-Language": "fr", "Host": "another.example", "Cookie": "language=nl"},
    )
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Last-Modified"] == first.headers["Last-Modified"]


@pytest.mark.usefixtures("programme")
def test_counting_places_does_not_touch_the_bytes(app: Flask, client: FlaskClient) -> None:
    first = client.get("/calendars/all.ics")
    with app.app_context(), transaction():
        event = _event("awkward")
        event.places_taken = event.capacity - 1
        service.bump_version()
    assert client.get("/calendars/all.ics").data == first.data


@pytest.mark.usefixtures("programme")
def test_another_language_is_another_address(client: FlaskClient) -> None:
    german = client.get("/calendars/events/awkward.ics").data
    english = client.get("/calendars/events/awkward.ics?language=en").data
    assert entries(english)[0]["SUMMARY"] == "Open"
    assert entries(english)[0]["UID"] == entries(german)[0]["UID"]
    assert head(english)["SOURCE"] == (
        "http://localhost:8000/calendars/events/awkward.ics?language=en"
    )
    assert client.get("/calendars/events/awkward.ics?language=xx").data == german


@pytest.mark.usefixtures("programme")
def test_a_new_time_raises_the_sequence_and_keeps_the_identity(
    app: Flask, client: FlaskClient
) -> None:
    (before,) = entries(client.get("/calendars/events/awkward.ics").data)
    with app.app_context(), transaction():
        event = _event("awkward")
        hour = timedelta(hours=1)
        service.move(
            event,
            note={"de": "Der Saal ist *erst* später frei."},
            starts_at=event.starts_at + hour,
            ends_at=event.ends_at + hour,
        )
    (after,) = entries(client.get("/calendars/events/awkward.ics").data)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["LAST-MODIFIED"] >= before["LAST-MODIFIED"]
    assert after["DTSTAMP"] == after["LAST-MODIFIED"]
    assert "Der Saal ist erst später frei." in after["DESCRIPTION"]


@pytest.mark.usefixtures("programme")
def test_a_cancelled_event_stays_as_a_tombstone(app: Flask, client: FlaskClient) -> None:
    (before,) = entries(client.get("/calendars/events/online.ics").data)
    with app.app_context(), transaction():
        service.cancel(_event("online"), note={"de": "Die Leitung fehlt."})
    found = {entry["UID"]: entry for entry in entries(client.get("/calendars/all.ics").data)}
    after = found[before["UID"]]
    assert (after["STATUS"], len(found)) == ("CANCELLED", 3)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["SUMMARY"] != before["SUMMARY"]
    assert before["SUMMARY"] in after["SUMMARY"]


def test_tombstones_stay_a_month_and_other_past_events_a_year(app: Flask) -> None:
    with app.app_context():
        for slug, days, is_off in (
            ("past", 390, False),
            ("long past", 410, False),
            ("off", 29, True),
            ("long off", 40, True),
        ):
            an_event(slug=slug, starts_at=now() - timedelta(days=days, hours=7))
            if is_off:
                with transaction():
                    service.cancel(_event(slug), note={})
        assert [event.slug for event in queries.all_events()] == ["past", "off"]


def test_several_days_are_several_entries(app: Flask, client: FlaskClient) -> None:
    starts = datetime(2027, 3, 27, 9, 0, tzinfo=BERLIN)  # the clocks change on its second day
    ends = datetime(2027, 3, 29, 16, 0, tzinfo=BERLIN)
    with app.app_context():
        event = an_event(slug="camp", title={"de": "Camp"}, starts_at=starts, ends_at=ends)
        left, domain = event.uid.split("@")
    found = entries(client.get("/calendars/events/camp.ics?language=en").data)
    assert [(entry["UID"], entry["SUMMARY"]) for entry in found] == [
        (f"{left}@{domain}", "Camp (day 1 of 3)"),
        (f"{left}-d2@{domain}", "Camp (day 2 of 3)"),
        (f"{left}-d3@{domain}", "Camp (day 3 of 3)"),
    ]
    assert [entry["DTSTART;TZID=Europe/Berlin"] for entry in found] == [
        "20270327T090000",
        "20270328T090000",
        "20270329T090000",
    ]
    assert [entry["DTEND;TZID=Europe/Berlin"] for entry in found] == [
        "20270327T160000",
        "20270328T160000",
        "20270329T160000",
    ]


@pytest.mark.parametrize(
    ("zone", "wall", "written"),
    [
        ("Europe/Berlin", (2027, 3, 28, 1, 30), "DTSTART;TZID=Europe/Berlin:20270328T013000"),
        ("Europe/Berlin", (2027, 3, 28, 3, 0), "DTSTART;TZID=Europe/Berlin:20270328T030000"),
        ("Europe/Berlin", (2026, 10, 25, 9, 0), "DTSTART;TZID=Europe/Berlin:20261025T090000"),
        (
            "America/Los_Angeles",
            (2027, 3, 14, 9, 0),
            "DTSTART;TZID=America/Los_Angeles:20270314T090000",
        ),
        ("Asia/Jerusalem", (2027, 3, 26, 9, 0), "DTSTART:20270326T060000Z"),
        ("Asia/Jerusalem", (2027, 3, 25, 9, 0), "DTSTART:20270325T070000Z"),
        ("Asia/Shanghai", (2027, 7, 1, 9, 0), "DTSTART;TZID=Asia/Shanghai:20270701T090000"),
    ],
)
def test_times_on_the_days_when_clocks_change(
    app: Flask, client: FlaskClient, zone: str, wall: tuple[int, int, int, int, int], written: str
) -> None:
    starts = datetime(*wall, tzinfo=ZoneInfo(zone))
    with app.app_context():
        an_event(slug="switch", starts_at=starts, ends_at=starts + timedelta(hours=2), zone=zone)
    body = client.get("/calendars/events/switch.ics").data
    assert written in [":".join(line) for line in lines_of(body)]
    (entry,) = icalendar.Calendar.from_ical(body).events
    assert entry.start == starts


@pytest.mark.usefixtures("programme")
def test_each_filter_has_its_own_address_and_keeps_identities(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        series = a_series(SeriesKind.INNOSLAM, slug="slam", title={"de": "InnoSlam-Tour"})
        tour = an_event(slug="stop", series=series, venue=a_venue(region=a_region("leipzig")))
        abroad = _event("abroad").uid
        uid = tour.uid

    def uids(path: str) -> list[str]:
        return [entry["UID"] for entry in entries(client.get(path).data)]

    assert uids("/calendars/series/slam.ics") == [uid]
    assert uids("/calendars/formats/innoslam.ics") == [uid]
    assert uids("/calendars/regions/leipzig.ics") == [uid]
    assert uids("/calendars/regions/hotspots.ics") == [abroad]
    assert uids("/calendars/formats/conference.ics") == []
    assert head(client.get("/calendars/regions/leipzig.ics").data)["NAME"] == (
        "StrategieWerkstatt: Leipzig"
    )


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "path",
    [
        "/calendars/events/draft.ics",
        "/calendars/events/draft/download.ics",
        "/calendars/events/none.ics",
        "/calendars/series/none.ics",
        "/calendars/regions/none.ics",
        "/calendars/formats/none.ics",
    ],
)
def test_what_is_not_public_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_hidden_series_keeps_its_calendar_while_it_has_public_events(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        an_event(slug="stays", series=a_series(slug="hidden", is_published=False))
        a_series(slug="empty", is_published=False)
    assert len(entries(client.get("/calendars/series/hidden.ics").data)) == 1
    assert client.get("/calendars/series/empty.ics").status_code == 404


@pytest.mark.usefixtures("programme")
def test_a_copy_says_that_it_is_not_renewed(client: FlaskClient) -> None:
    response = client.get("/calendars/events/awkward/download.ics?language=en")
    assert response.headers["Content-Disposition"] == "attachment; filename=awkward-copy.ics"
    found = head(response.data)
    assert found["NAME"] == "StrategieWerkstatt: Open (copy without updates)"
    assert {"REFRESH-INTERVAL", "SOURCE", "METHOD"} & found.keys() == set()
    (copied,) = entries(response.data)
    assert copied == entries(client.get("/calendars/events/awkward.ics?language=en").data)[0]


def test_last_modified_is_that_of_the_newest_event_where_none_can_leave(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        series = a_series(slug="tour")
        event = an_event(slug="old", series=series)
        event.revised_at = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
        series.revised_at = datetime(2026, 2, 3, 4, 5, 6, 999999, tzinfo=UTC)
        db.session.commit()
    one = client.get("/calendars/events/old.ics").headers["Last-Modified"]
    whole = client.get("/calendars/all.ics").headers["Last-Modified"]
    assert one == whole == "Fri, 02 Jan 2026 03:04:05 GMT"
    of_series = client.get("/calendars/series/tour.ics")
    assert "Last-Modified" not in of_series.headers
    assert head(of_series.data)["LAST-MODIFIED"] == "20260203T040506Z"
