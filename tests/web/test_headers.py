"""What every answer carries, and who may write."""

import pytest
from flask.testing import FlaskClient

from eventmgr.web.headers import POLICY


def test_every_page_forbids_what_it_does_not_need(client: FlaskClient) -> None:
    headers = client.get("/imprint").headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_another_site_cannot_send_our_forms(client: FlaskClient, site: str) -> None:
    response = client.post("/account/sign-in", headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "path", ["/no/such/page", "/events/none", "/series/none", "/my/none", "/events/a%00b"]
)
def test_what_is_not_there_is_said_in_the_readers_language(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "de"})
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.get_data(as_text=True)


def test_a_page_is_not_sent_twice_to_who_has_it(client: FlaskClient) -> None:
    first = client.get("/imprint")
    again = client.get("/imprint", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    other = client.get(
        "/imprint", headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "nl"}
    )
    assert other.status_code == 200
