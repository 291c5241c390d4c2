"""Who gets which paper over HTTP."""

import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import guard, save_account
from eventmgr.accounts import service as accounts
from eventmgr.badges.layouts import LAYOUTS
from eventmgr.db import transaction
from eventmgr.i18n import COOKIE
from eventmgr.programme import service as programme
from eventmgr.registration import queries, secrets
from tests.badges.samples import codes_on, pages
from tests.factories import an_event
from tests.registration import people
from tests.statements import counted


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


def an_event_with(app: Flask, *names: str) -> tuple[str, list[str]]:
    """Arrange an event with these people; return its slug and the texts of their codes."""
    with app.app_context():
        event = an_event(title={"de": "Wasserstoff"})
        holders = [
            people.a_confirmed(event, f"{number}@example.org", name=name)
            for number, name in enumerate(names)
        ]
        codes = [secrets.qr_text(secrets.ticket_code(holder)) for holder in holders]
        return event.slug, codes


def a_ticket_address(app: Flask, *, confirms: bool = True) -> tuple[str, str]:
    """Arrange a registration; return the address of its personal page and the text of its code."""
    with app.app_context():
        event = an_event(title={"de": "Wasserstoff"})
        registration = people.a_confirmed(event) if confirms else people.sign_up(event)
        code = secrets.qr_text(secrets.ticket_code(registration))
        return f"/my/{secrets.personal_token(registration)}", code


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_office_gets_a_code_for_everybody(app: Flask, olga: FlaskClient, layout: str) -> None:
    slug, codes = an_event_with(app, "Ada Lovelace", "Bo Ek")
    answer = olga.get(f"/manage/events/{slug}/badges.pdf?layout={layout}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    read = [code for page in pages(answer.data) for code in codes_on(page)]
    assert sorted(read) == sorted(codes)


def test_four_badges_to_a_sheet_is_the_usual_paper(app: Flask, olga: FlaskClient) -> None:
    slug, _ = an_event_with(app, "Ada", "Bo", "Cy", "Di", "Ed")
    answer = olga.get(f"/manage/events/{slug}/badges.pdf")
    assert len(pages(answer.data)) == 2
    disposition = f'inline; filename="{slug}-badges.pdf"'
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_one_person_can_be_printed_alone(app: Flask, olga: FlaskClient) -> None:
    slug, codes = an_event_with(app, "Ada", "Bo")
    with app.app_context():
        found = queries.registration_by_code(codes[1].rpartition("/")[2])
        assert found is not None
        number = found.id
    answer = olga.get(f"/manage/events/{slug}/badges.pdf?layout=a6&person={number}")
    assert [codes_on(page) for page in pages(answer.data)] == [[codes[1]]]


@pytest.mark.parametrize("person", ["", "Ada", "-1", "1.0", "9" * 30, "0"])
def test_what_is_no_number_of_a_person_prints_nobody(
    app: Flask, olga: FlaskClient, person: str
) -> None:
    slug, _ = an_event_with(app, "Ada", "Bo")
    answer = olga.get(f"/manage/events/{slug}/badges.pdf", query_string={"person": person})
    assert answer.status_code == 404


def test_a_paper_that_does_not_exist_is_not_found(app: Flask, olga: FlaskClient) -> None:
    slug, _ = an_event_with(app, "Ada")
    assert olga.get(f"/manage/events/{slug}/badges.pdf?layout=a3").status_code == 404


@pytest.mark.parametrize("address", ["badges", "badges.pdf"])
def test_badges_of_an_unknown_event_are_not_found(olga: FlaskClient, address: str) -> None:
    assert olga.get(f"/manage/events/nowhere/{address}").status_code == 404


@pytest.mark.parametrize("address", ["badges", "badges.pdf"])
def test_only_the_office_sees_badges(app: Flask, client: FlaskClient, address: str) -> None:
    slug, _ = an_event_with(app, "Ada")
    assert client.get(f"/manage/events/{slug}/{address}").status_code == 303


def test_the_page_offers_every_paper_and_says_for_how_many(app: Flask, olga: FlaskClient) -> None:
    slug, _ = an_event_with(app, "Ada", "Bo")
    page = olga.get(f"/manage/events/{slug}/badges", headers={"Accept-Language": "en"}).text
    assert [name for name in LAYOUTS if f'value="{name}"' not in page] == []
    assert "2 people have a confirmed place and get a badge" in page
    assert "cannot be printed" not in page


def test_the_page_warns_of_names_that_lack_letters(app: Flask, olga: FlaskClient) -> None:
    slug, _ = an_event_with(app, "Ada", "𗀀 Ek")
    page = olga.get(f"/manage/events/{slug}/badges", headers={"Accept-Language": "en"}).text
    assert "Some names hold letters that cannot be printed" in page
    assert "𗀀 Ek" in page


def test_without_confirmed_people_there_is_nothing_to_print(app: Flask, olga: FlaskClient) -> None:
    slug, _ = an_event_with(app)
    page = olga.get(f"/manage/events/{slug}/badges", headers={"Accept-Language": "en"}).text
    assert "Nobody has a confirmed place yet" in page
    assert olga.get(f"/manage/events/{slug}/badges.pdf").status_code == 404


def test_more_people_take_no_more_statements(app: Flask, olga: FlaskClient) -> None:
    sent = []
    for names in (("Ada",), ("Ada", "Bo", "Cy")):
        slug, _ = an_event_with(app, *names)
        with app.app_context():
            counting = counted()
            statements = counting.__enter__()
        olga.get(f"/manage/events/{slug}/badges.pdf")
        with app.app_context():
            counting.__exit__(None, None, None)
        sent.append(len(statements))
    assert sent[0] == sent[1]


def test_the_holder_gets_the_ticket(app: Flask, client: FlaskClient) -> None:
    address, code = a_ticket_address(app)
    answer = client.get(f"{address}/ticket.pdf", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert [codes_on(page) for page in pages(answer.data)] == [[code]]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_ticket_is_in_the_language_of_the_registration_unless_another_is_chosen(
    app: Flask, client: FlaskClient
) -> None:
    address, _ = a_ticket_address(app)
    tickets = [client.get(f"{address}/ticket.pdf", headers={"Accept-Language": "fr"})]
    client.set_cookie(COOKIE, "nl")
    tickets.append(client.get(f"{address}/ticket.pdf"))
    found = [str(pypdf.PdfReader(io.BytesIO(one.data)).root_object["/Lang"]) for one in tickets]
    assert found == ["en", "nl"]


def test_an_event_that_is_off_has_no_tickets(app: Flask, client: FlaskClient) -> None:
    address, _ = a_ticket_address(app)
    with app.app_context(), transaction():
        found = queries.registration_by_token(address.rpartition("/")[2])
        assert found is not None
        programme.cancel(found.event, note={})
    answer = client.get(f"{address}/ticket.pdf")
    assert (answer.status_code, answer.location) == (303, address)


def test_who_has_no_ticket_learns_why_on_the_personal_page(app: Flask, client: FlaskClient) -> None:
    address, _ = a_ticket_address(app, confirms=False)
    answer = client.get(f"{address}/ticket.pdf")
    assert (answer.status_code, answer.location) == (303, address)


def test_a_wrong_token_has_no_ticket(client: FlaskClient) -> None:
    assert client.get("/my/ABCDEFGHIJKLMNOPQRSTUVWXYZ/ticket.pdf").status_code == 404
