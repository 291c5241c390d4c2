import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import guard, save_account
from eventmgr.accounts import service as accounts
from eventmgr.checkin import service
from eventmgr.clock import now
from eventmgr.db import transaction
from tests.checkin.door_cast import Desk, a_desk, a_person, a_scan, an_event_today, at_the_door
from tests.factories import an_event, at_berlin

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        return a_desk(an_event_today(title={"de": "Wasserstoff in der Gießerei"}))


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which Olga of the project office is signed in."""
    with app.app_context():
        with transaction():
            account = save_account("olga@example.org", name="Olga")
            token = accounts.sign_in(account.id, agent="test")
        cookie = guard.cookie_name()
    client.set_cookie(cookie, token)
    return client


def text(page: str) -> str:
    """Return what is to be read on a page."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def test_nobody_looks_at_a_door_without_signing_in(client: FlaskClient, desk: Desk) -> None:
    for path in ("/manage/doors", f"/manage/events/{desk.slug}/door"):
        assert client.get(path).status_code == 303
    for path in ("", "/1/close"):
        response = client.post(f"/manage/events/{desk.slug}/door/links{path}")
        assert response.status_code == 303


def test_the_doors_of_the_next_events_are_listed_with_their_links(
    olga: FlaskClient, desk: Desk
) -> None:
    page = text(olga.get("/manage/doors", headers=ENGLISH).text)
    assert re.search(r"Wasserstoff in der Gießerei .* 1$", page)


def test_the_office_sees_who_came_when_and_what_was_refused(
    app: Flask, olga: FlaskClient, desk: Desk
) -> None:
    with app.app_context(), transaction():
        for name in ("Ada", "Bo"):
            service.check_in(desk.door, a_scan(), a_person(desk.event_id, name).code)
        service.check_in(desk.door, a_scan(), "K7QF2MZP")
    page = olga.get(f"/manage/events/{desk.slug}/door", headers=ENGLISH).text
    assert "2 people had come by" in page
    assert 'class="ev-chart"' in page
    assert "Not on the list 1" in text(page)
    assert re.search(r"Einlass Nord works until .* not yet 3 Close", text(page))


def test_a_door_without_anything_says_what_to_do(app: Flask, olga: FlaskClient) -> None:
    with app.app_context():
        slug = an_event().slug
    page = text(olga.get(f"/manage/events/{slug}/door", headers=ENGLISH).text)
    assert "Nobody has come in yet" in page
    assert "No link was made for this door yet." in page


def test_a_new_link_is_shown_once_and_opens_the_door(
    app: Flask, olga: FlaskClient, desk: Desk
) -> None:
    path = f"/manage/events/{desk.slug}/door"
    made = olga.post(f"{path}/links", data={"name": " Einlass Süd "})
    assert (made.status_code, made.location) == (303, path)
    page = olga.get(path).text
    token = re.search(r"/door/open/([\w-]{43})", page)
    assert token is not None
    assert "Einlass Süd" in page
    assert "/door/open/" not in olga.get(path).text
    phone = app.test_client()
    assert phone.post(f"/door/open/{token[1]}").status_code == 303
    assert phone.get(f"/door/{desk.slug}").status_code == 200


def test_a_closed_link_no_longer_opens_the_door(app: Flask, olga: FlaskClient, desk: Desk) -> None:
    path = f"/manage/events/{desk.slug}/door"
    closed = olga.post(f"{path}/links/{desk.key_id}/close", headers=ENGLISH)
    assert (closed.status_code, closed.location) == (303, path)
    assert at_the_door(app, desk).get(f"/door/{desk.slug}").status_code == 403
    page = text(olga.get(path, headers=ENGLISH).text)
    assert re.search(r"The link is closed\. .* Einlass Nord closed ", page)
    olga.post(f"{path}/links/{desk.key_id}/close", headers=ENGLISH)
    assert "This link was closed before." in text(olga.get(path, headers=ENGLISH).text)


def test_a_link_of_another_event_is_not_closed_from_here(
    app: Flask, olga: FlaskClient, desk: Desk
) -> None:
    with app.app_context():
        slug = an_event().slug
    olga.post(f"/manage/events/{slug}/door/links/{desk.key_id}/close")
    assert at_the_door(app, desk).get(f"/door/{desk.slug}").status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Name the door or desk"),
        ({"name": "x" * 61}, "Use 60 letters at most."),
        ({"name": "Nord", "last_day": "2001-01-01"}, "This is in the past."),
        ({"name": "Nord", "last_day": "soon"}, "last_day-error"),
        ({"name": "Nord", "last_day": "9999-12-31"}, "A link works for a week after the event"),
    ],
)
def test_a_link_that_cannot_be_made_is_said_beside_the_field(
    olga: FlaskClient, desk: Desk, fields: dict[str, str], message: str
) -> None:
    response = olga.post(f"/manage/events/{desk.slug}/door/links", data=fields, headers=ENGLISH)
    assert response.status_code == 422
    assert message in response.text


def test_a_link_lasts_to_the_end_of_the_day_that_was_named(olga: FlaskClient, desk: Desk) -> None:
    path = f"/manage/events/{desk.slug}/door"
    last_day = (now() + timedelta(days=3)).date()
    olga.post(f"{path}/links", data={"name": "Nord", "last_day": last_day.isoformat()})
    page = text(olga.get(path, headers=ENGLISH).text)
    next_day = last_day + timedelta(days=1)
    assert f"{next_day.day}/{next_day.month}, 04:00" in page


@pytest.mark.parametrize(("days", "code"), [(7, 303), (8, 422)])
def test_a_link_works_for_a_week_after_the_event_at_most(
    app: Flask, olga: FlaskClient, days: int, code: int
) -> None:
    with app.app_context():
        slug = an_event(starts_at=at_berlin(14), ends_at=at_berlin(14, 16)).slug
    last_day = (at_berlin(14) + timedelta(days=days)).date().isoformat()
    data = {"name": "Nord", "last_day": last_day}
    assert olga.post(f"/manage/events/{slug}/door/links", data=data).status_code == code


@pytest.mark.parametrize("slug", ["no-such-event", "%00"])
def test_the_door_of_no_event_is_not_found(olga: FlaskClient, slug: str) -> None:
    assert olga.get(f"/manage/events/{slug}/door").status_code == 404
