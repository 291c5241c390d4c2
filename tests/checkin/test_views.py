import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import keys
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.registration.models import Status
from eventmgr.web.headers import SCANNER_POLICY
from tests.checkin.door_cast import (
    Desk,
    Person,
    a_desk,
    a_person,
    an_event_today,
    at_the_door,
)


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        return a_desk(an_event_today(title={"de": "Wasserstoff in der Gießerei"}))


@pytest.fixture
def ada(app: Flask, desk: Desk) -> Person:
    with app.app_context():
        return a_person(desk.event_id)


@pytest.fixture
def device(app: Flask, desk: Desk) -> FlaskClient:
    return at_the_door(app, desk)


def word(page: str) -> str:
    """Return the large word of a result."""
    found = re.search(r'class="word">([^<]*)<', page)
    return found[1] if found else ""


def test_looking_at_a_door_link_pairs_nothing(client: FlaskClient, desk: Desk) -> None:
    response = client.get(f"/door/open/{desk.token}", headers={"Accept-Language": "en"})
    assert (response.status_code, client.get_cookie("door", path="/door")) == (200, None)
    assert "Wasserstoff in der Gießerei" in response.text


def test_the_button_makes_the_browser_a_device(client: FlaskClient, desk: Desk) -> None:
    response = client.post(f"/door/open/{desk.token}")
    assert (response.status_code, response.location) == (303, f"/door/{desk.slug}")
    cookie = client.get_cookie("door", path="/door")
    assert cookie is not None
    assert (cookie.value, cookie.http_only, cookie.same_site) == (desk.token, True, "Lax")
    assert client.get(f"/door/{desk.slug}").status_code == 200


def test_a_closed_or_ended_link_says_so(app: Flask, client: FlaskClient, desk: Desk) -> None:
    with app.app_context():
        ended = keys.make_door_key(desk.event_id, "Alt", now() - timedelta(minutes=1))
        keys.revoke_door_key(desk.event_id, desk.key_id)
        db.session.commit()
    for token in (ended, desk.token, "x" * 43):
        for response in (client.get(f"/door/open/{token}"), client.post(f"/door/open/{token}")):
            assert response.status_code == 410


def test_a_device_whose_link_was_closed_is_refused_at_once(
    app: Flask, device: FlaskClient, desk: Desk, ada: Person
) -> None:
    with app.app_context():
        keys.revoke_door_key(desk.event_id, desk.key_id)
        db.session.commit()
    page = device.get(f"/door/{desk.slug}", headers={"Accept-Language": "en"})
    sent = device.post(f"/door/{desk.slug}/scans", json={"code": ada.code, "nonce": "n" * 12})
    assert (page.status_code, sent.status_code) == (403, 403)
    assert "This door link has ended" in page.text
    assert sent.json is not None
    assert list(sent.json) == ["error"]


def test_a_device_opens_the_door_of_its_own_event_only(
    app: Flask, device: FlaskClient, desk: Desk
) -> None:
    with app.app_context():
        other = a_desk(an_event_today())
        stranger = a_person(other.event_id)
    for path in ("", "/state", "/search?q=Ada"):
        assert device.get(f"/door/{other.slug}{path}").status_code == 403
    body = {"registration_id": stranger.id, "nonce": "n" * 12}
    assert device.post(f"/door/{other.slug}/scans", json=body).status_code == 403
    here = device.post(f"/door/{desk.slug}/scans", json=body)
    assert here.json is not None
    assert (here.json["outcome"], here.json["name"]) == ("unknown", "")


def test_without_a_cookie_the_door_is_shut(client: FlaskClient, desk: Desk) -> None:
    assert client.get(f"/door/{desk.slug}").status_code == 403
    assert client.get("/door/no-such-event").status_code == 403


def test_only_the_scanner_may_use_the_camera_and_webassembly(
    device: FlaskClient, desk: Desk
) -> None:
    scanner = device.get(f"/door/{desk.slug}")
    assert scanner.headers["Content-Security-Policy"] == SCANNER_POLICY
    assert scanner.headers["Permissions-Policy"].startswith("camera=(self)")
    link = device.get(f"/door/open/{desk.token}")
    assert "wasm" not in link.headers["Content-Security-Policy"]
    assert link.headers["Permissions-Policy"].startswith("camera=()")


def test_a_typed_code_lets_in_and_the_page_is_ready_for_the_next(
    device: FlaskClient, desk: Desk, ada: Person
) -> None:
    typed = {"typed": f"HTTPS://EVENTS.EXAMPLE/T/{ada.code}", "nonce": "of-the-form"}
    response = device.post(f"/door/{desk.slug}", data=typed)
    assert response.status_code == 303
    page = device.get(response.location, headers={"Accept-Language": "en"}).text
    assert (word(page), "Ada Lovelace" in page, "Science" in page) == ("Come in!", True, True)
    assert 'name="typed"' in page
    assert device.post(f"/door/{desk.slug}", data=typed).location == response.location
    other_nonce = {**typed, "nonce": "of-the-next-form"}
    again = device.post(f"/door/{desk.slug}", data=other_nonce, follow_redirects=True)
    assert "Einlass Nord" in again.text
    assert "ev-result--again" in again.text


def test_the_same_form_with_another_code_is_another_scan(
    app: Flask, device: FlaskClient, desk: Desk, ada: Person
) -> None:
    with app.app_context():
        bo = a_person(desk.event_id, "Bo")
    first, second = (
        device.post(f"/door/{desk.slug}", data={"typed": who.code, "nonce": "same"}).location
        for who in (ada, bo)
    )
    assert first != second


def test_a_typed_name_finds_people_and_a_tap_lets_them_in(
    device: FlaskClient, desk: Desk, ada: Person
) -> None:
    typed = device.post(f"/door/{desk.slug}", data={"typed": "lovelace", "nonce": "n"})
    assert (typed.status_code, typed.location) == (303, f"/door/{desk.slug}?q=lovelace")
    assert "Ada Lovelace" in device.get(typed.location).text
    tap = device.post(f"/door/{desk.slug}/people/{ada.id}", data={"nonce": "n"})
    page = device.get(tap.location, headers={"Accept-Language": "en"}).text
    assert word(page) == "Come in!"


def test_an_admission_is_undone_from_its_page(device: FlaskClient, desk: Desk, ada: Person) -> None:
    let_in = device.post(f"/door/{desk.slug}", data={"typed": ada.code, "nonce": "n"}).location
    undone = device.post(f"{let_in}/undo")
    assert undone.status_code == 303
    assert word(device.get(undone.location, headers={"Accept-Language": "en"}).text) == "Undone"
    assert device.post(f"{let_in}/undo").location == undone.location
    assert device.get(f"/door/{desk.slug}/state").json == {"present": 0, "expected": 1}
    assert device.post(f"{undone.location}/undo").status_code == 409


def test_an_empty_field_is_said_beside_it(device: FlaskClient, desk: Desk) -> None:
    response = device.post(
        f"/door/{desk.slug}", data={"typed": " "}, headers={"Accept-Language": "en"}
    )
    assert response.status_code == 422
    assert "Type a name or a code." in response.text


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PENDING, "Not confirmed yet"),
        (Status.WAITLISTED, "On the waiting list"),
        (Status.CANCELLED, "No entry"),
    ],
)
def test_a_refusal_is_one_large_word(
    app: Flask, device: FlaskClient, desk: Desk, status: Status, expected: str
) -> None:
    with app.app_context():
        bo = a_person(desk.event_id, "Bo", status, cancelled_at=now())
    response = device.post(f"/door/{desk.slug}", data={"typed": bo.code}, follow_redirects=True)
    page = device.get(response.request.path, headers={"Accept-Language": "en"}).text
    assert (word(page), "Herein" in page, "Bo" in page) == (expected, False, True)


@pytest.mark.parametrize("nonce", ["no-such-scan", "%00", "a" * 500])
def test_a_result_that_is_not_there_is_not_found(
    device: FlaskClient, desk: Desk, nonce: str
) -> None:
    assert device.get(f"/door/{desk.slug}/scans/{nonce}").status_code == 404


def test_a_name_in_any_script_stands_in_the_result_as_it_was_given(
    app: Flask, device: FlaskClient, desk: Desk
) -> None:
    with app.app_context():
        person = a_person(desk.event_id, "王小明 <b>Łukasz</b> 🙂 O’Neill")
    response = device.post(f"/door/{desk.slug}", data={"typed": person.code}, follow_redirects=True)
    assert "王小明 &lt;b&gt;Łukasz&lt;/b&gt; 🙂 O’Neill" in response.text
