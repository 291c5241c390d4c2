"""The first page of the desk: what needs somebody, what comes next, what it has come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.checkin.models import Admission
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.home import charts, desk_queries
from eventmgr.home.attention import Attention, attention
from eventmgr.mail.models import LetterState, OutboxLetter
from eventmgr.mail.service import QueueState, queue_state
from eventmgr.programme.models import Event
from tests.accounts.office import sign_in
from tests.factories import Column, a_venue, an_event, at_berlin
from tests.registration import people
from tests.statements import counted

QUIET = QueueState(0, 0, None)


@contextmanager
def english(app: Flask) -> Iterator[None]:
    """Read as somebody who reads English, in a request."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def found(app: Flask, queue: QueueState = QUIET) -> list[Attention]:
    """Return the list of what needs somebody."""
    with english(app):
        return attention(desk_queries.coming(), queue, "550 unknown mailbox")


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which Olga of the project office is signed in."""
    return sign_in(app, client)


def test_an_empty_programme_needs_nobody_and_says_how_to_begin(olga: FlaskClient) -> None:
    page = olga.get("/manage/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    for text in ("Nothing. All letters are out", "No event is planned", "Nobody has signed up yet"):
        assert text in page.text


def test_the_desk_greets_by_name(olga: FlaskClient) -> None:
    page = olga.get("/manage/", headers={"Accept-Language": "en"})
    assert "Olga Domaschk</h1>" in page.text


def test_letters_that_failed_come_first_with_their_reason(app: Flask) -> None:
    with app.app_context():
        people.sign_up(an_event(capacity=1), "a@example.org")
        event = an_event(title={"en": "Chips"}, capacity=1)
        people.sign_up(event, "b@example.org")
        people.sign_up(event, "c@example.org")
    lines = found(app, QueueState(0, 3, None))
    assert [(line.is_bad, line.what) for line in lines] == [
        (True, "3 letters did not arrive"),
        (False, "“Chips” is full, 1 person is waiting"),
    ]
    assert lines[0].why == "Last answer of the mail server: 550 unknown mailbox"
    assert lines[0].url == "/manage/letters?state=failed"


@pytest.mark.parametrize(("minutes", "count"), [(14, 0), (16, 1)])
def test_letters_that_wait_for_a_quarter_of_an_hour_are_told(
    app: Flask, minutes: int, count: int
) -> None:
    queue = QueueState(12, 0, now() - timedelta(minutes=minutes))
    assert [line.what for line in found(app, queue)] == ["12 letters are waiting"] * count


def test_a_full_event_whose_room_is_larger_asks_for_more_places(app: Flask) -> None:
    with app.app_context():
        venue = a_venue(rooms=[("Saal", 21)])
        event = an_event(
            title={"en": "Chips"}, capacity=1, venue=venue, room_id=venue.rooms[0].id, slug="chips"
        )
        for name in ("a", "b", "c"):
            people.sign_up(event, f"{name}@example.org")
    [line] = found(app)
    assert (line.what, line.why) == (
        "“Chips” is full, 2 people are waiting",
        "The room holds 20 more people than there are places",
    )
    assert line.url == "/manage/events/chips/places"


def test_people_whose_places_expire_within_a_day_are_told(app: Flask) -> None:
    with app.app_context():
        event = an_event(title={"en": "Chips"}, slug="chips")
        registration = people.sign_up(event, "a@example.org")
        people.sign_up(event, "b@example.org")
        with transaction():
            registration = people.registration_of(event, "a@example.org")
            registration.held_until = now() + timedelta(hours=23)
    [line] = found(app)
    assert line.what == "1 person has not confirmed the e-mail address"
    assert line.url == "/manage/events/chips/registrations?status=pending"


def test_unconfirmed_people_of_several_events_are_one_line(app: Flask) -> None:
    with app.app_context():
        for days, title in ((20, "Later"), (10, "Next")):
            event = an_event(title={"en": title}, slug=title.lower(), starts_at=at_berlin(days))
            people.sign_up(event, "a@example.org")
            with transaction():
                registration = people.registration_of(event, "a@example.org")
                registration.held_until = now() + timedelta(hours=days)
    [line] = found(app)
    assert line.what == "2 people have not confirmed their e-mail address"
    assert line.why.startswith("“Next” and 1 more event: their places fall free from")
    assert line.url == "/manage/events/next/registrations?status=pending"


def test_a_draft_that_is_near_is_told_and_one_that_is_far_is_not(app: Flask) -> None:
    with app.app_context():
        an_event(title={"en": "Near"}, is_published=False, starts_at=at_berlin(41))
        an_event(title={"en": "Far"}, is_published=False, starts_at=at_berlin(44))
    assert [line.what for line in found(app)] == ["“Near” is still a draft"]


@pytest.mark.parametrize(
    ("sign_up", "why"),
    [
        ({"sign_up_opens_at": at_berlin(10)}, "Sign-up opens on"),
        ({"sign_up_closes_at": at_berlin(-1)}, "Sign-up closed on"),
    ],
)
def test_an_event_nobody_can_sign_up_for_is_told(
    app: Flask, sign_up: dict[str, Column], why: str
) -> None:
    with app.app_context():
        an_event(title={"en": "Chips"}, starts_at=at_berlin(14), **sign_up)
    [line] = found(app)
    assert line.why.startswith(why)


def test_that_sign_up_ends_in_the_last_week_is_no_news(app: Flask) -> None:
    with app.app_context():
        an_event(starts_at=at_berlin(3), sign_up_closes_at=at_berlin(-1))
    assert found(app) == []


def test_an_open_event_with_places_needs_nobody(app: Flask) -> None:
    with app.app_context():
        people.a_confirmed(an_event())
    assert found(app) == []


def test_the_figures_count_once_who_came_on_five_days_of_those_expected(app: Flask) -> None:
    with app.app_context():
        event = an_event()
        came = people.a_confirmed(event, "a@example.org", organisation="TU Dresden")
        people.a_confirmed(event, "b@example.org", organisation="tu dresden")
        people.cancel(people.a_confirmed(event, "c@example.org", organisation="Anders GmbH"))
        an_event(is_published=False)
        an_event()
        with transaction():
            _let_pass(event.id)
            for day in range(1, 6):
                row = {"registration_id": came.id, "event_id": event.id, "day": day}
                db.session.add(Admission(**row, admitted_at=now()))
        figures = desk_queries.figures()
    assert figures == desk_queries.Figures(
        registrations=2,
        on_site=1,
        expected=2,
        appeared=1,
        organisations=1,
        events_over=1,
        events_ahead=1,
    )
    assert figures.share_appeared == 0.5


def _let_pass(event_id: int) -> None:
    """Move an event into the past, behind the back of all rules."""
    at = now() - timedelta(days=2)
    values = {"starts_at": at, "ends_at": at + timedelta(hours=6)}
    db.session.execute(sa.update(Event).where(Event.id == event_id).values(**values))


def test_registrations_are_counted_in_their_calendar_week(app: Flask) -> None:
    with app.app_context():
        event = an_event()
        for number, days in enumerate((0, 7, 7, 70)):
            registration = people.sign_up(event, f"{number}@example.org")
            with transaction():
                registration = people.registration_of(event, f"{number}@example.org")
                registration.created_at = now() - timedelta(days=days)
        weeks = desk_queries.registrations_by_week()
    assert [week.registrations for week in weeks] == [0, 0, 0, 0, 0, 0, 2, 1]
    assert weeks[-1].number == now().isocalendar().week


def test_registrations_are_counted_by_group(app: Flask) -> None:
    with app.app_context():
        event = an_event()
        for number, group in enumerate(("science", "science", "industry", "")):
            people.sign_up(event, f"{number}@example.org", group=group)
        assert desk_queries.registrations_by_group() == {"science": 2, "industry": 1, "": 1}


def test_the_number_of_questions_does_not_grow_with_the_programme(
    app: Flask, olga: FlaskClient
) -> None:
    sent = []
    for more in (1, 2):
        with app.app_context():
            for _ in range(more):
                event = an_event(capacity=1)
                people.sign_up(event, "a@example.org")
                people.sign_up(event, "b@example.org")
            counting = counted()
            statements = counting.__enter__()
        assert olga.get("/manage/").status_code == 200
        with app.app_context():
            counting.__exit__(None, None, None)
        sent.append(len(statements))
    assert sent == [8, 8]


def test_a_failed_letter_is_named_with_what_the_server_said(app: Flask, olga: FlaskClient) -> None:
    with app.app_context():
        people.sign_up(an_event())
        with transaction():
            letter = db.session.query(OutboxLetter).one()
            letter.state, letter.last_error = LetterState.FAILED, "550 no such mailbox"
        assert queue_state().failed == 1
    page = olga.get("/manage/", headers={"Accept-Language": "en"})
    assert "Last answer of the mail server: 550 no such mailbox" in page.text


def test_the_scale_of_a_chart_is_round_and_reaches_its_highest_value() -> None:
    chart = charts.line_chart([("46", 0), ("47", 71)])
    assert [tick.value for tick in chart.ticks] == [0, 25, 50, 75]
    assert [(point.x, point.y) for point in chart.points] == [(50, 150), (512, 36)]
    assert chart.path == "M50 150L512 36"


def test_a_chart_of_nothing_is_a_flat_line() -> None:
    chart = charts.line_chart([("46", 0), ("47", 0)])
    assert {point.y for point in chart.points} == {150}


def test_bars_stand_by_size_and_the_largest_fills_the_width() -> None:
    chart = charts.bar_chart([("few", 1), ("many", 4)])
    assert [(bar.label, bar.width) for bar in chart.bars] == [("many", 470), ("few", 118)]
