"""The office works on an event's registrations."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.db import db, transaction
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.models import Question, QuestionKind, Registration, Status
from tests.accounts.office import sign_in
from tests.factories import Column, an_event
from tests.registration import people
from tests.statements import counted

ENGLISH = {"Accept-Language": "en"}
ADA = {"name": "Ada Lovelace", "email": "ada@example.org", "group": "science", "language": "fr"}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which Olga of the project office is signed in."""
    return sign_in(app, client)


def arrange(app: Flask, *names: str, **values: Column) -> str:
    """Arrange an event at which these people have confirmed; return the address of its list."""
    with app.app_context():
        event = an_event(**values)
        for name in names:
            people.a_confirmed(event, f"{name.lower().replace(' ', '.')}@example.org", name=name)
        return f"/manage/events/{event.slug}/registrations"


def standing(app: Flask, email: str = "ada@example.org") -> Registration:
    """Return the registration of an address."""
    with app.app_context():
        return db.session.query(Registration).filter_by(email=email).one()


def test_a_stranger_is_sent_to_sign_in(app: Flask, client: FlaskClient) -> None:
    base = arrange(app, "Ada Lovelace")
    addresses = ["", "/export.csv", "/add", f"/{standing(app, 'ada.lovelace@example.org').id}"]
    codes = [client.get(base + address).status_code for address in addresses]
    assert codes == [303] * 4


@pytest.mark.parametrize("path", ["", "/add", "/export.csv", "/1", "/1/change", "/1/cancel"])
def test_the_list_of_an_unknown_event_is_a_404(olga: FlaskClient, path: str) -> None:
    assert olga.get(f"/manage/events/nowhere/registrations{path}").status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ada Lovelace", "Bo Müller", "Łucja Kowalska"]),
        ("q=muller", ["Bo Müller"]),
        ("q=LUCJA", ["Łucja Kowalska"]),
        ("q=ada+example", ["Ada Lovelace"]),
        ("q=%25", ["Ada Lovelace", "Bo Müller", "Łucja Kowalska"]),
        ("q=nobody", []),
        ("q=%00&status=%00", ["Ada Lovelace", "Bo Müller", "Łucja Kowalska"]),
        ("status=cancelled", ["Bo Müller"]),
        ("status=nonsense", ["Ada Lovelace", "Bo Müller", "Łucja Kowalska"]),
        ("group=science", ["Ada Lovelace"]),
    ],
)
def test_people_are_found(app: Flask, olga: FlaskClient, query: str, names: list[str]) -> None:
    base = arrange(app, "Łucja Kowalska", "Ada Lovelace", "Bo Müller")
    with app.app_context():
        with transaction():
            ada = db.session.query(Registration).filter_by(name="Ada Lovelace").one()
            ada.group = "science"
        people.cancel(db.session.query(Registration).filter_by(name="Bo Müller").one())
    page = olga.get(f"{base}?{query}").text
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [name for name in ("Ada Lovelace", "Bo Müller", "Łucja Kowalska") if name in table]
    assert found == names


def test_the_short_code_finds_its_person_as_it_is_printed(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app, "Ada Lovelace", "Bo Ek")
    code = secrets.readable(standing(app, "bo.ek@example.org").short_code)
    page = olga.get(base, query_string={"q": code.lower()}).text
    assert ["Bo Ek" in page, "Ada Lovelace" in page] == [True, False]


def test_the_counts_say_how_many_stand_where(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app, "Ada Lovelace", capacity=2)
    with app.app_context():
        event = db.session.query(Event).one()
        for name in ("b", "c", "d"):
            people.sign_up(event, f"{name}@example.org")
    page = olga.get(base, headers=ENGLISH).text
    figures = page.partition('<dl class="ev-figs">')[2].partition("</dl>")[0]
    assert [part.partition("<")[0] for part in figures.split("<dd>")[1:]] == list("211020")


def test_people_are_paged_with_their_filters(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app, *(f"Person {number:02}" for number in range(52)))
    page = olga.get(f"{base}?q=person&page=2", headers=ENGLISH).text
    assert "51 to 52 of 52" in page
    assert f'href="{base}?q=person&amp;page=1"' in page


def test_a_list_asks_as_much_for_three_as_for_one(app: Flask, olga: FlaskClient) -> None:
    sent = []
    for names in (("Ada",), ("Ada", "Bo", "Cy")):
        base = arrange(app, *names)
        with app.app_context():
            counting = counted()
            statements = counting.__enter__()
        assert olga.get(base).status_code == 200
        with app.app_context():
            counting.__exit__(None, None, None)
        sent.append(len(statements))
    assert sent == [5, 5]


def test_the_office_gives_a_place_at_once(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    answer = olga.post(f"{base}/add", data=ADA)
    ada = standing(app)
    assert (answer.status_code, answer.location) == (303, f"{base}/{ada.id}")
    assert (ada.status, ada.language, ada.group) == (Status.CONFIRMED, "fr", "science")
    with app.app_context():
        assert people.letters() == [("ada", "confirmed")]
        [line] = history.changes_of("registration", ada.id)
        assert line.actor.partition(":")[0] == "account"


def test_at_a_full_event_the_person_joins_the_line(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app, "Bo Ek", capacity=1)
    page = olga.get(f"{base}/add", headers=ENGLISH).text
    answer = olga.post(f"{base}/add", data=ADA, headers=ENGLISH, follow_redirects=True)
    assert "Put on the waiting list" in page
    assert standing(app).status is Status.WAITLISTED
    for text in ("Ada Lovelace is on the waiting list", "Position 1 in line"):
        assert text in answer.text


def test_an_address_that_is_there_already_leads_to_its_registration(
    app: Flask, olga: FlaskClient
) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data=ADA)
    again = {**ADA, "name": "Ada Byron", "email": "ADA@example.org"}
    answer = olga.post(f"{base}/add", data=again, headers=ENGLISH)
    ada = standing(app)
    assert (answer.status_code, ada.name) == (422, "Ada Lovelace")
    for text in ("Somebody is registered with this address already", f'href="{base}/{ada.id}"'):
        assert text in answer.text
    assert 'value="Ada Byron"' in answer.text


def test_whoever_had_cancelled_is_entered_anew(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data=ADA)
    olga.post(f"{base}/{standing(app).id}/cancel", data={"reason": ""})
    answer = olga.post(f"{base}/add", data=ADA)
    assert (answer.status_code, standing(app).status) == (303, Status.CONFIRMED)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " "),
        ("name", "x" * 201),
        ("email", ""),
        ("email", "ada@"),
        ("group", "nonsense"),
        ("language", "xx"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    app: Flask, olga: FlaskClient, field: str, value: str
) -> None:
    base = arrange(app)
    answer = olga.post(f"{base}/add", data={**ADA, "organisation": "TU Dresden", field: value})
    assert answer.status_code == 422
    assert [f'id="{field}-error"' in answer.text, 'value="TU Dresden"' in answer.text] == [
        True,
        True,
    ]


def test_nobody_is_entered_at_a_draft(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app, is_published=False)
    page = olga.get(f"{base}/add", headers=ENGLISH).text
    assert "This event is a draft. Publish it first" in page
    assert olga.post(f"{base}/add", data=ADA).status_code == 409


def with_questions(app: Flask) -> tuple[str, int, int]:
    """Arrange an event that asks two things and needs; return its list and the questions' ids."""
    base = arrange(app, asks_diet=True, asks_assistance=True)
    with app.app_context(), transaction():
        event = db.session.query(Event).one()
        text = Question(event_id=event.id, label={"en": "Why?"}, is_required=True)
        choice = Question(
            event_id=event.id, label={"en": "Bus?"}, kind=QuestionKind.CHOICE, choices=["yes", "no"]
        )
        db.session.add_all([text, choice])
        db.session.flush()
        return base, text.id, choice.id


def test_the_office_answers_questions_and_tells_needs(app: Flask, olga: FlaskClient) -> None:
    base, text, choice = with_questions(app)
    olga.post(
        f"{base}/add",
        data={**ADA, f"question_{text}": "Curious", f"question_{choice}": "yes", "diet": "vegan"},
    )
    ada = standing(app)
    assert ada.answers == {str(text): "Curious", str(choice): "yes"}
    assert (ada.diet, ada.assistance) == ("vegan", "")


def test_details_are_corrected_and_the_address_stays(app: Flask, olga: FlaskClient) -> None:
    base, text, choice = with_questions(app)
    olga.post(f"{base}/add", data={**ADA, f"question_{choice}": "yes", "diet": "vegan"})
    address = f"{base}/{standing(app).id}"
    page = olga.get(f"{address}/change").text
    answer = olga.post(
        f"{address}/change",
        data={
            **ADA,
            "name": "Ada Byron",
            "email": "other@example.org",
            "group": "",
            "diet": "",
            f"question_{text}": "Curious",
            f"question_{choice}": "",
        },
    )
    ada = standing(app)
    assert ['value="vegan"' in page, 'value="Ada Lovelace"' in page] == [True, True]
    assert (answer.status_code, answer.location) == (303, address)
    assert (ada.name, ada.group, ada.diet) == ("Ada Byron", "", "")
    assert ada.answers == {str(text): "Curious", str(choice): ""}


def test_what_the_event_no_longer_asks_is_kept(app: Flask, olga: FlaskClient) -> None:
    base, _text, choice = with_questions(app)
    olga.post(f"{base}/add", data={**ADA, f"question_{choice}": "yes", "diet": "vegan"})
    with app.app_context(), transaction():
        db.session.query(Question).delete()
        db.session.query(Event).one().asks_diet = False
    olga.post(f"{base}/{standing(app).id}/change", data={"name": "Ada Byron"})
    ada = standing(app)
    assert (ada.name, ada.diet, ada.answers[str(choice)]) == ("Ada Byron", "vegan", "yes")


def test_a_group_that_is_gone_from_the_settings_can_stay(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data=ADA)
    with app.app_context(), transaction():
        db.session.query(Registration).one().group = "alumni"
    answer = olga.post(
        f"{base}/{standing(app).id}/change", data={"name": "Ada Byron", "group": "alumni"}
    )
    assert (answer.status_code, standing(app).group) == (303, "alumni")


def test_a_correction_keeps_consents_and_their_time(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    with app.app_context():
        event = db.session.query(Event).one()
        people.sign_up(event, consents=("photos",))
    before = standing(app).consents
    olga.post(f"{base}/{standing(app).id}/change", data={"name": "Ada Byron"})
    assert standing(app).consents == before


def test_a_cancellation_tells_the_reason_and_moves_the_line_up(
    app: Flask, olga: FlaskClient
) -> None:
    base = arrange(app, capacity=1)
    olga.post(f"{base}/add", data=ADA)
    olga.post(f"{base}/add", data={**ADA, "name": "Bo", "email": "bo@example.org"})
    address = f"{base}/{standing(app).id}"
    page = olga.get(f"{address}/cancel", headers=ENGLISH).text
    answer = olga.post(f"{address}/cancel", data={"reason": "By phone"})
    assert "The place goes to the person who waits for it." in page
    assert (answer.status_code, answer.location) == (303, address)
    assert (standing(app).status, standing(app).cancel_reason) == (Status.CANCELLED, "By phone")
    assert standing(app, "bo@example.org").status is Status.CONFIRMED
    with app.app_context():
        assert people.letters() == [
            ("ada", "confirmed"),
            ("bo", "waitlisted"),
            ("ada", "cancelled"),
            ("bo", "promoted"),
        ]


def test_cancelling_twice_changes_nothing_and_says_so(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data=ADA)
    address = f"{base}/{standing(app).id}/cancel"
    for _ in range(2):
        answer = olga.post(address, data={}, headers=ENGLISH, follow_redirects=True)
    assert "had ended before" in answer.text
    assert "has ended already" in olga.get(address, headers=ENGLISH).text


def test_a_person_of_another_event_is_not_found_from_here(app: Flask, olga: FlaskClient) -> None:
    arrange(app, "Ada Lovelace")
    ada = standing(app, "ada.lovelace@example.org")
    other = arrange(app)
    codes = [
        olga.get(f"{other}/{ada.id}").status_code,
        olga.post(f"{other}/{ada.id}/change", data={"name": "X"}).status_code,
        olga.post(f"{other}/{ada.id}/cancel").status_code,
    ]
    assert codes == [404] * 3
    assert standing(app, "ada.lovelace@example.org").status is Status.CONFIRMED


def test_the_page_of_a_person_shows_history_and_letters(app: Flask, olga: FlaskClient) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data=ADA)
    olga.post(f"{base}/{standing(app).id}/cancel", data={"reason": "By phone"})
    page = olga.get(f"{base}/{standing(app).id}", headers=ENGLISH).text
    for text in ("By phone", "Olga Domaschk", "Signed up", "Letter of", "/manage/letters/"):
        assert text in page


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "Ελευθερία Παπαδοπούλου", "中村 🚀", "Nguyễn Thị Hồng Ánh"],
)
def test_names_of_every_script_come_back_as_they_were_typed(
    app: Flask, olga: FlaskClient, name: str
) -> None:
    base = arrange(app)
    olga.post(f"{base}/add", data={**ADA, "name": name})
    page = olga.get(base).text
    assert standing(app).name == name
    assert [name.replace("<", "&lt;").replace(">", "&gt;") in page, "<script>" in page] == [
        True,
        False,
    ]
