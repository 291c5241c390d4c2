import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.checkin.models import CheckIn
from eventmgr.clock import now
from eventmgr.db import db
from tests.checkin.door_cast import (
    Desk,
    Person,
    a_desk,
    a_person,
    an_event_today,
    at_the_door,
)

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        return a_desk(an_event_today())


@pytest.fixture
def ada(app: Flask, desk: Desk) -> Person:
    with app.app_context():
        return a_person(desk.event_id)


@pytest.fixture
def device(app: Flask, desk: Desk) -> FlaskClient:
    return at_the_door(app, desk)


def test_a_scan_is_answered_with_all_that_the_page_shows(
    device: FlaskClient, desk: Desk, ada: Person
) -> None:
    body = {"code": ada.code, "nonce": "nonce-one", "scanned_at": now().isoformat()}
    response = device.post(f"/door/{desk.slug}/scans", json=body, headers=ENGLISH)
    assert (response.status_code, response.json) == (
        200,
        {
            "nonce": "nonce-one",
            "outcome": "admitted",
            "tone": "in",
            "sign": "check",
            "word": "Come in!",
            "name": "Ada Lovelace",
            "organisation": "TU Dresden",
            "group": "Science",
            "lines": [],
            "can_undo": True,
            "present": 1,
            "expected": 1,
        },
    )
    again = device.post(f"/door/{desk.slug}/scans", json=body, headers=ENGLISH)
    assert again.json == response.json


def test_a_tap_on_a_name_and_its_undo(device: FlaskClient, desk: Desk, ada: Person) -> None:
    tap = {"registration_id": ada.id, "nonce": "nonce-tap"}
    let_in = device.post(f"/door/{desk.slug}/scans", json=tap).json
    assert let_in is not None
    assert (let_in["outcome"], let_in["present"]) == ("admitted", 1)
    undo = {"nonce": "nonce-undo", "undone": "nonce-tap"}
    undone = device.post(f"/door/{desk.slug}/undo", json=undo).json
    assert undone is not None
    assert (undone["outcome"], undone["present"], undone["can_undo"]) == ("undone", 0, False)
    refused = device.post(f"/door/{desk.slug}/undo", json={**undo, "nonce": "nonce-more"})
    assert refused.status_code == 200  # undone already: it stays so
    nothing = device.post(
        f"/door/{desk.slug}/undo", json={"nonce": "nonce-none", "undone": "nonce-undo"}
    )
    assert nothing.status_code == 409


def test_a_nonce_of_another_door_is_a_conflict(
    app: Flask, device: FlaskClient, desk: Desk, ada: Person
) -> None:
    with app.app_context():
        other = a_desk(an_event_today())
        bo = a_person(other.event_id)
    body = {"code": bo.code, "nonce": "nonce-one"}
    assert at_the_door(app, other).post(f"/door/{other.slug}/scans", json=body).status_code == 200
    response = device.post(f"/door/{desk.slug}/scans", json={**body, "code": ada.code})
    assert response.status_code == 409


def test_the_count_is_asked_for_and_answered_304_while_it_stands(
    device: FlaskClient, desk: Desk, ada: Person
) -> None:
    first = device.get(f"/door/{desk.slug}/state")
    assert first.json == {"present": 0, "expected": 1}
    known = {"If-None-Match": first.headers["ETag"]}
    assert device.get(f"/door/{desk.slug}/state", headers=known).status_code == 304
    device.post(f"/door/{desk.slug}/scans", json={"code": ada.code, "nonce": "nonce-one"})
    assert device.get(f"/door/{desk.slug}/state", headers=known).json == {
        "present": 1,
        "expected": 1,
    }


def test_people_are_looked_up_by_name(device: FlaskClient, desk: Desk, ada: Person) -> None:
    row = {"id": ada.id, "name": "Ada Lovelace", "organisation": "TU Dresden", "group": "Science"}
    answer = device.get(f"/door/{desk.slug}/search?q=ADA", headers=ENGLISH)
    assert answer.json == {"people": [{**row, "state": ""}]}
    assert device.get(f"/door/{desk.slug}/search?q=%00").json == {"people": []}
    assert device.get(f"/door/{desk.slug}/search").json == {"people": []}


GOOD = {"code": "K7QF2MZP", "nonce": "nonce-good"}


BAD: dict[str, Any] = {
    "an array": [GOOD],
    "a text": "text",
    "null": None,
    "a number": 5,
    "nothing": {},
    "no nonce": {"code": "K7QF2MZP"},
    "nonce as number": {**GOOD, "nonce": 12_345_678},
    "short nonce": {**GOOD, "nonce": "short"},
    "long nonce": {**GOOD, "nonce": "n" * 65},
    "spaces in nonce": {**GOOD, "nonce": "nonce with spaces"},
    "null as code": {**GOOD, "code": None},
    "array as code": {**GOOD, "code": ["K7QF2MZP"]},
    "NUL in code": {**GOOD, "code": "K7QF\0MZP"},
    "half a character in code": {**GOOD, "code": "\ud800"},
    "code too long": {**GOOD, "code": "A" * 501},
    "a megabyte": {**GOOD, "code": "A" * 1_000_000},
    "person as text": {**GOOD, "registration_id": "1"},
    "person as boolean": {**GOOD, "registration_id": True},
    "person 0": {**GOOD, "registration_id": 0},
    "person beyond numbers": {**GOOD, "registration_id": 10**30},
    "half a person": {**GOOD, "registration_id": 1.5},
    "no time": {**GOOD, "scanned_at": "yesterday"},
    "time without zone": {**GOOD, "scanned_at": "2030-06-14T09:12:00"},
    "time as number": {**GOOD, "scanned_at": 1_900_000_000},
    "time as object": {**GOOD, "scanned_at": {}},
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_cannot_be_a_scan_is_refused_in_words(
    app: Flask, device: FlaskClient, desk: Desk, body: Any
) -> None:
    response = device.post(f"/door/{desk.slug}/scans", json=body)
    assert (response.status_code, list(response.get_json())) == (400, ["error"])
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CheckIn)) == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 8_000, b"nan", b'{"code": NaN}'],
    ids=["empty", "cut", "bytes", "deep", "nan", "nan inside"],
)
def test_what_is_no_json_is_refused_in_words(device: FlaskClient, desk: Desk, body: bytes) -> None:
    for path in ("scans", "undo"):
        response = device.post(
            f"/door/{desk.slug}/{path}", data=body, content_type="application/json"
        )
        assert (response.status_code, list(response.get_json())) == (400, ["error"])


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_time_are_taken_as_now(
    device: FlaskClient, desk: Desk, ada: Person, moment: str
) -> None:
    body = {"code": ada.code, "nonce": "nonce-one", "scanned_at": moment}
    assert device.post(f"/door/{desk.slug}/scans", json=body).status_code == 200


def test_a_scan_must_be_sent_as_json(device: FlaskClient, desk: Desk, ada: Person) -> None:
    body = {"code": ada.code, "nonce": "nonce-one"}
    as_form = device.post(f"/door/{desk.slug}/scans", data=body)
    as_text = device.post(
        f"/door/{desk.slug}/scans", data=json.dumps(body), content_type="text/plain"
    )
    assert (as_form.status_code, as_text.status_code) == (400, 400)


def test_another_site_cannot_scan(device: FlaskClient, desk: Desk, ada: Person) -> None:
    response = device.post(
        f"/door/{desk.slug}/scans",
        json={"code": ada.code, "nonce": "nonce-one"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403


def test_a_scan_kept_without_network_tells_when_it_was_made(
    device: FlaskClient, desk: Desk, ada: Person
) -> None:
    made = now() - timedelta(minutes=12)
    body = {"code": ada.code, "nonce": "nonce-late", "scanned_at": made.isoformat()}
    device.post(f"/door/{desk.slug}/scans", json=body)
    again = device.post(
        f"/door/{desk.slug}/scans", json={"code": ada.code, "nonce": "nonce-next"}, headers=ENGLISH
    )
    berlin = made.astimezone(ZoneInfo("Europe/Berlin"))
    assert again.get_json()["lines"][0] == f"Since {berlin:%-H:%M}, Einlass Nord."
