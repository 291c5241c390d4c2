"""Which language a reader gets: the chosen one, else the browser's, else German."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("nl", "nl"),
        ("pl,en;q=0.5", "en"),
        ("zh-CN", "de"),
        ("", "de"),
        (";;;q=x", "de"),
    ],
)
def test_the_browser_says_what_its_reader_prefers(
    client: FlaskClient, accepted: str, language: str
) -> None:
    response = client.get("/imprint", headers={"Accept-Language": accepted})
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.get_data(as_text=True)


def test_a_choice_is_remembered_and_leads_back(client: FlaskClient) -> None:
    response = client.get("/language/nl?next=/imprint", headers={"Accept-Language": "fr"})
    assert (response.status_code, response.headers["Location"]) == (303, "/imprint")
    page = client.get("/imprint", headers={"Accept-Language": "fr"})
    assert page.headers["Content-Language"] == "nl"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "", "evil", "/a\nb"]
)
def test_the_way_back_never_leaves_the_site(client: FlaskClient, target: str) -> None:
    response = client.get("/language/nl", query_string={"next": target})
    assert response.headers["Location"] == "/"


def test_a_language_that_there_is_not_is_no_page(client: FlaskClient) -> None:
    assert client.get("/language/xx").status_code == 404
