"""Signing in, staying in and getting out, as a browser and as an attacker see it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventmgr.accounts import service, sessions
from eventmgr.accounts.guard import cookie_name
from eventmgr.accounts.models import Account, SignedIn
from eventmgr.clock import now
from eventmgr.db import db, transaction
from tests.accounts.office import EMAIL, PASSWORD, an_account, sign_in
from tests.factories import an_event
from tests.statements import counted

WRONG = "falsch geraten, leider"
DESK = "/manage/"


@pytest.fixture
def olga(app: Flask) -> int:
    """Return the id of Olga's account."""
    with app.app_context():
        return an_account()


def post(client: FlaskClient, password: str = PASSWORD, **options: str) -> TestResponse:
    """Fill in the form and send it."""
    address = "/account/sign-in" + (f"?next={options['target']}" if "target" in options else "")
    form = {"email": options.get("email", EMAIL), "password": password}
    return client.post(address, data=form)


def a_link(app: Flask, account_id: int) -> str:
    """Return the path of a new sign-in link."""
    with app.app_context():
        with transaction():
            link = service.make_sign_in_link(db.session.get_one(Account, account_id))
        return "/account/" + link.partition("/account/")[2]


def test_the_desk_sends_a_stranger_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/manage/letters?state=failed")
    assert answer.status_code == 303
    assert answer.location == "/account/sign-in?next=/manage/letters?state%3Dfailed"


def test_a_strangers_form_is_not_sent_again_after_the_sign_in(client: FlaskClient) -> None:
    answer = client.post("/manage/letters/1/send-again")
    assert (answer.status_code, answer.location) == (303, "/account/sign-in?next=/manage/")


def test_address_and_password_open_the_desk(client: FlaskClient, olga: int) -> None:
    answer = post(client)
    assert (answer.status_code, answer.location) == (303, DESK)
    assert client.get(DESK).status_code == 200


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient, olga: int) -> None:
    post(client)
    cookie = client.get_cookie("signed_in")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.secure) == (
        True,
        "Lax",
        "/",
        False,
    )


def test_over_https_the_cookie_is_bound_to_the_host(
    app_alone: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app_alone.test_request_context():
        settings = app_alone.extensions["settings"]
        monkeypatch.setitem(app_alone.extensions, "settings", _Secure(settings))
        assert cookie_name() == "__Host-signed_in"


class _Secure:
    """Settings of a site that is served over https."""

    cookie_secure = True

    def __init__(self, settings: object) -> None:
        self._settings = settings


@pytest.mark.parametrize(("email", "password"), [(EMAIL, WRONG), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_look_the_same(
    client: FlaskClient, olga: int, email: str, password: str
) -> None:
    answer = post(client, password, email=email)
    page = answer.text.replace(email, "")
    reference = post(client, WRONG, email="third@example.org").text.replace("third@example.org", "")
    assert (answer.status_code, page) == (422, reference)


def test_what_was_typed_as_address_stays_and_the_password_does_not(
    client: FlaskClient, olga: int
) -> None:
    page = post(client, WRONG).text
    assert (EMAIL in page, WRONG in page) == (True, False)


def test_a_guesser_must_wait_and_so_must_the_right_password_meanwhile(
    client: FlaskClient, olga: int
) -> None:
    codes = [post(client, WRONG).status_code for _ in range(7)]
    answer = post(client)
    assert codes == [*[422] * 6, 429]
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")


def test_a_right_password_forgets_the_wrong_ones_before(client: FlaskClient, olga: int) -> None:
    for _ in range(3):
        codes = [post(client, WRONG).status_code for _ in range(4)]
        codes.append(post(client).status_code)
        assert codes == [422, 422, 422, 422, 303]


@pytest.mark.parametrize(
    ("target", "lands_at"),
    [
        ("/manage/letters?state=failed", "/manage/letters?state=failed"),
        ("https://evil.example/", DESK),
        ("//evil.example/", DESK),
        ("/\\evil.example/", DESK),
        ("/%09/evil.example/", DESK),
        ("javascript:alert(1)", DESK),
        ("evil.example", DESK),
        ("", DESK),
    ],
)
def test_after_the_sign_in_nobody_is_sent_to_another_site(
    client: FlaskClient, olga: int, target: str, lands_at: str
) -> None:
    assert post(client, target=target).location == lands_at


def test_a_copied_cookie_is_dead_after_the_sign_out(
    app: Flask, client: FlaskClient, olga: int
) -> None:
    post(client)
    cookie = client.get_cookie("signed_in")
    assert cookie is not None
    out = client.post("/account/sign-out")
    thief = app.test_client()
    thief.set_cookie("signed_in", cookie.value)
    assert (out.status_code, out.location) == (303, "/account/sign-in")
    assert client.get_cookie("signed_in") is None
    assert thief.get(DESK).status_code == 303


def test_a_sign_in_ends_the_former_session_of_this_browser(
    app: Flask, client: FlaskClient, olga: int
) -> None:
    post(client)
    first = client.get_cookie("signed_in")
    post(client)
    second = client.get_cookie("signed_in")
    assert first is not None
    assert second is not None
    assert first.value != second.value
    with app.app_context():
        assert db.session.query(SignedIn).count() == 1


def test_a_link_shows_a_button_and_is_not_used_up_by_looking(
    app: Flask, client: FlaskClient, olga: int
) -> None:
    path = a_link(app, olga)
    looks = [client.get(path).status_code for _ in range(3)]
    answer = client.post(path)
    assert (looks, answer.status_code, answer.location) == ([200] * 3, 303, DESK)
    assert client.get(DESK).status_code == 200


def test_a_used_link_says_so_and_opens_nothing(app: Flask, client: FlaskClient, olga: int) -> None:
    path = a_link(app, olga)
    client.post(path)
    second = app.test_client()
    answers = [second.get(path).status_code, second.post(path).status_code]
    assert (answers, second.get(DESK).status_code) == ([410, 410], 303)


def test_an_invented_link_opens_nothing(client: FlaskClient) -> None:
    path = "/account/sign-in/" + "x" * 43
    assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]


def test_changing_something_keeps_one_signed_in_reading_does_not(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(app, client)
    began = now()
    at = began + timedelta(minutes=30)
    monkeypatch.setattr(sessions, "now", lambda: at)
    seen = []
    for request in (client.get, client.post):
        request("/manage/letters/1/send-again")
        with app.app_context():
            seen.append(db.session.query(SignedIn.seen_at).scalar() == at)
    client.get(DESK)
    with app.app_context():
        seen.append(db.session.query(SignedIn.seen_at).scalar() == at)
    assert seen == [False, True, True]


def test_a_change_of_the_password_needs_the_present_one(
    app: Flask, client: FlaskClient, olga: int
) -> None:
    post(client)
    form = {"present": WRONG, "new": "ganz andere Worte, vier", "again": "ganz andere Worte, vier"}
    refused = client.post("/account/password", data=form)
    accepted = client.post("/account/password", data={**form, "present": PASSWORD})
    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert post(app.test_client()).status_code == 422
    assert post(app.test_client(), "ganz andere Worte, vier").status_code == 303


def test_a_change_of_the_password_signs_other_browsers_out(
    app: Flask, client: FlaskClient, olga: int
) -> None:
    other = app.test_client()
    post(other)
    post(client)
    new = "ganz andere Worte, vier"
    client.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert (client.get(DESK).status_code, other.get(DESK).status_code) == (200, 303)


@pytest.mark.parametrize(
    ("new", "again"),
    [
        ("kurz", "kurz"),
        ("Olga Domaschk, die Erste", "Olga Domaschk, die Erste"),
        ("a" * 12, "b" * 12),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(
    client: FlaskClient, olga: int, new: str, again: str
) -> None:
    post(client)
    form = {"present": PASSWORD, "new": new, "again": again}
    answer = client.post("/account/password", data=form)
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)


def test_whoever_came_by_a_link_may_set_a_first_password(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    page = client.get("/account/password").text
    new = "vier Worte in einer Reihe"
    answer = client.post("/account/password", data={"new": new, "again": new})
    assert ('name="present"' in page, answer.status_code) == (False, 303)


def test_guesses_at_the_present_password_are_counted(client: FlaskClient, olga: int) -> None:
    post(client)
    form = {"present": WRONG, "new": "ganz andere Worte, vier", "again": "ganz andere Worte, vier"}
    for _ in range(6):
        client.post("/account/password", data=form)
    answer = client.post("/account/password", data={**form, "present": PASSWORD})
    assert answer.status_code == 422


def test_a_public_page_asks_the_database_for_nobody_and_is_the_same_for_all(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        slug = an_event().slug
    sign_in(app, client)
    stranger = app.test_client().get(f"/events/{slug}")
    with app.app_context():
        counting = counted()
        statements = counting.__enter__()
    answer = client.get(f"/events/{slug}")
    with app.app_context():
        counting.__exit__(None, None, None)
    assert (statements, answer.data == stranger.data) == ([], True)
    assert (answer.headers["Vary"], "Set-Cookie" in answer.headers) == ("Accept-Language", False)


def test_the_pages_of_the_desk_are_kept_by_no_cache(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    assert client.get(DESK).headers["Cache-Control"] == "private, no-store"
