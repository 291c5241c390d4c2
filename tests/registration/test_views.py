import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme import service as programme
from eventmgr.registration import queries, secrets, service
from eventmgr.registration.models import Question, QuestionKind, Status
from tests.factories import an_event
from tests.registration.people import (
    a_confirmed,
    cancel,
    counters,
    letters,
    registration_of,
    sign_up,
    statuses,
)
from tests.statements import counted

ADA = {"name": "Ada Lovelace", "email": "ada@example.org", "group": "science"}
ENGLISH = {"Accept-Language": "en"}
NAMES = [
    "Małgorzata Weißgerber-Šołćina",
    "Jurij Šěrak-Łužičan",
    "Ελένη Παπαδοπούλου",
    "Екатерина Ильинична",
    "欧阳 雪梅",
    "אורי כהן",
    "O’Neil & <b>Söhne</b>",
    "👩‍🔬 Zoë",
    "Nils " + "Lindqvist-Andersson " * 4 + "Ende",
]

MakeEvent = Callable[..., str]


@pytest.fixture
def event_slug(app: Flask) -> MakeEvent:
    """Give a function that makes an event and returns the slug of its page."""

    def make(**values: Any) -> str:
        with app.app_context():
            return an_event(**values).slug

    return make


def token_of(app: Flask, slug: str, email: str = "ada@example.org") -> str:
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        return secrets.personal_token(registration_of(event, email))


def made(app: Flask, *, confirmed: bool = True, **values: Any) -> tuple[str, str]:
    """Return slug and personal token of an event that Ada has signed up for."""
    with app.app_context():
        event = an_event(**values)
        registration = (a_confirmed if confirmed else sign_up)(event)
        return event.slug, secrets.personal_token(registration)


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return unescape(found[1].strip()) if found else ""


def messages(page: str) -> list[str]:
    """Return what the page says beside its fields."""
    found = re.findall(r'kern-error.*?<span class="kern-body">(.*?)</span>', page, re.DOTALL)
    return [unescape(message) for message in found]


def test_a_whole_sign_up_takes_five_requests_and_sets_no_cookie(
    app: Flask, client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug()
    form = client.get(f"/events/{slug}/sign-up", headers=ENGLISH)
    sent = client.post(f"/events/{slug}/sign-up", data=ADA, headers=ENGLISH)
    done = client.get(sent.location, headers=ENGLISH)
    token = token_of(app, slug)
    letter_page = client.get(f"/my/{token}", headers=ENGLISH)
    ticket = client.post(f"/my/{token}/confirm", headers=ENGLISH)
    answers = [form, sent, done, letter_page, ticket]
    assert [answer.status_code for answer in answers] == [200, 303, 200, 200, 200]
    assert [heading(answer.text) for answer in answers] == [
        "Sign up",
        "Redirecting...",
        "Please look into your mailbox",
        "One press, and the place is yours",
        "Your place is confirmed",
    ]
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * 5
    assert sent.location == f"/events/{slug}/sign-up/done"


def test_the_form_asks_only_what_the_event_asks(client: FlaskClient, event_slug: MakeEvent) -> None:
    plain = client.get(f"/events/{event_slug()}/sign-up").text
    asking = client.get(f"/events/{event_slug(asks_diet=True, asks_assistance=True)}/sign-up").text
    names = [
        sorted(set(re.findall(r'name="(\w+)"', page)) & {"diet", "assistance"})
        for page in (plain, asking)
    ]
    assert names == [[], ["assistance", "diet"]]


def test_the_form_tells_browsers_what_they_can_fill_in(
    client: FlaskClient, event_slug: MakeEvent
) -> None:
    page = client.get(f"/events/{event_slug()}/sign-up").text
    found = re.findall(r'autocomplete="([\w-]+)"', page)
    assert found == ["name", "email", "organization"]


def test_consents_are_off_until_given(client: FlaskClient, event_slug: MakeEvent) -> None:
    page = client.get(f"/events/{event_slug()}/sign-up").text
    boxes = re.findall(r'<input[^>]*name="consent_\w+"[^>]*>', page)
    assert (len(boxes), [box for box in boxes if "checked" in box]) == (1, [])


def test_what_was_filled_in_is_stored(
    app: Flask, client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug(asks_diet=True, asks_assistance=True)
    typed = ADA | {
        "name": "  Ada   Lovelace ",
        "organisation": "Analytical Engines Ltd",
        "diet": "vegan",
        "assistance": "A seat near\r\nthe door",
        "consent_photos": "y",
    }
    client.post(f"/events/{slug}/sign-up", data=typed, headers={"Accept-Language": "fr"})
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        ada = registration_of(event, "ada@example.org")
        assert (ada.name, ada.organisation, ada.group) == (
            "Ada Lovelace",
            "Analytical Engines Ltd",
            "science",
        )
        assert (ada.diet, ada.assistance) == ("vegan", "A seat near\nthe door")
        assert (list(ada.consents), ada.language) == (["photos"], "fr")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_script_come_back_as_they_were_typed(
    app: Flask, client: FlaskClient, event_slug: MakeEvent, name: str
) -> None:
    slug = event_slug()
    client.post(f"/events/{slug}/sign-up", data=ADA | {"name": name})
    page = client.post(f"/my/{token_of(app, slug)}/confirm").text
    assert f"<b>{name}</b>" in unescape(page)
    assert "<b>Söhne</b>" not in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Enter your name, for example Ada Lovelace."),
        ({"name": " \t "}, "Enter your name, for example Ada Lovelace."),
        ({"name": "Ada" * 100}, "Use 200 characters at most."),
        ({"email": ""}, "Enter your address, for example name@company.com."),
        ({"email": "ada"}, "The @ is missing, for example name@company.com."),
        (
            {"email": "@example.org"},
            "The name before the @ is missing, for example name@company.com.",
        ),
        ({"email": "ada@"}, "The domain after the @ is missing, for example name@company.com."),
        ({"email": "ada@@example.org"}, "There is one @ too many, for example name@company.com."),
        ({"email": "a da@example.org"}, "An address has no spaces, for example name@company.com."),
        (
            {"email": "ada@example"},
            "The domain after the @ is not complete, for example name@company.com.",
        ),
        (
            {"email": "ada..l@example.org"},
            "We cannot write to this address. Check it, for example name@company.com.",
        ),
        ({"email": "a" * 300 + "@example.org"}, "Use 254 characters at most."),
        ({"group": ""}, "Choose a group, or “None of these”."),
        ({"group": "pirates"}, "Choose one of these."),
        (
            {"name": "Ada\0Lovelace"},
            "There were hidden characters in your text. We took them out, please check it.",
        ),
        (
            {"name": "Ada \u202eecalevoL"},
            "There were hidden characters in your text. We took them out, please check it.",
        ),
        ({"organisation": "x" * 201}, "Use 200 characters at most."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_in_a_summary(
    app: Flask, client: FlaskClient, event_slug: MakeEvent, typed: dict[str, str], message: str
) -> None:
    slug = event_slug()
    answer = client.post(f"/events/{slug}/sign-up", data=ADA | typed, headers=ENGLISH)
    assert (answer.status_code, messages(answer.text)) == (422, [message])
    assert "Please check one entry" in answer.text
    with app.app_context():
        assert letters() == []


def test_everything_typed_is_kept_when_something_is_wrong(
    app: Flask, client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug(asks_diet=True, asks_assistance=True)
    with app.app_context(), transaction():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        db.session.add(
            Question(
                event_id=event.id,
                kind=QuestionKind.CHOICE,
                label={"de": "Anreise?"},
                choices=["Bahn", "Rad"],
                is_required=True,
            )
        )
        db.session.add(Question(event_id=event.id, position=1, label={"de": "Thema?"}))
        db.session.flush()
        travel, topic = (f"question_{q.id}" for q in queries.questions_of(event.id))
        programme.bump_version()
    typed = {
        "name": "Ada Lovelace",
        "email": "ada@",
        "organisation": "Engines",
        "group": "industry",
        "diet": "vegan",
        "assistance": "a ramp",
        "consent_photos": "y",
        travel: "Rad",
        topic: "Wasserstoff",
    }
    page = client.post(f"/events/{slug}/sign-up", data=typed, headers=ENGLISH).text
    values = re.findall(r'value="(Ada Lovelace|ada@|Engines|vegan)"', page)
    assert values == ["Ada Lovelace", "ada@", "Engines", "vegan"]
    texts = [
        text.strip() for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    ]
    assert texts == ["a ramp", "Wasserstoff"]
    checked = re.findall(r'<input[^>]*checked[^>]*value="(\w+)"', page)
    assert checked == ["industry", "Rad", "y"]
    client.post(f"/events/{slug}/sign-up", data=typed | {"email": "ada@example.org"})
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        stored = registration_of(event, "ada@example.org").answers
        assert list(stored.values()) == ["Rad", "Wasserstoff"]


def test_an_address_is_stored_in_its_normal_form_and_known_again(
    app: Flask, client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug()
    for email in (" Ada@EXAMPLE.org", "ada@example.org"):
        client.post(f"/events/{slug}/sign-up", data=ADA | {"email": email})
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        assert registration_of(event, "ada@example.org").email == "Ada@example.org"
        assert counters(event) == (1, 0)


def test_nobody_can_find_out_who_has_signed_up(
    app: Flask, client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug(capacity=1)
    first = client.post(f"/events/{slug}/sign-up", data=ADA)
    again = client.post(f"/events/{slug}/sign-up", data=ADA)
    other = client.post(f"/events/{slug}/sign-up", data=ADA | {"email": "bo@example.org"})
    answers = [
        (a.status_code, a.location, a.data, a.headers.getlist("Set-Cookie"))
        for a in (first, again, other)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert "Ada" not in client.get(first.location).text


def test_when_all_places_are_taken_the_pages_say_so_to_everybody(
    client: FlaskClient, event_slug: MakeEvent
) -> None:
    slug = event_slug(capacity=1)
    open_page = client.get(f"/events/{slug}/sign-up", headers=ENGLISH).text
    sent = client.post(f"/events/{slug}/sign-up", data=ADA, headers=ENGLISH)
    done = client.get(sent.location, headers=ENGLISH).text
    full_page = client.get(f"/events/{slug}/sign-up", headers=ENGLISH).text
    assert (heading(open_page), heading(full_page)) == ("Sign up", "Join the waiting list")
    assert "whether the last one went to you or where you stand on the waiting list" in done


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("cancelled", "This event will not take place"),
        ("over", "This event is over"),
        ("too_early", "Sign-up opens on "),
        ("closed", "Sign-up is closed"),
    ],
)
def test_a_page_without_a_form_says_why_and_what_to_do(
    app: Flask, client: FlaskClient, why: str, sentence: str
) -> None:
    with app.app_context():
        event = an_event()
        slug = event.slug
        with transaction():
            if why == "cancelled":
                programme.cancel(event, note={"en": "The speaker is **ill**."})
            if why == "over":
                programme.change_event(
                    event, starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1)
                )
            if why == "too_early":
                programme.change_event(event, sign_up_opens_at=now() + timedelta(days=1))
            if why == "closed":
                programme.change_event(event, sign_up_closes_at=now() - timedelta(days=1))
    page = client.get(f"/events/{slug}/sign-up", headers=ENGLISH).text
    assert (sentence in page, "<form" in page) == (True, False)
    refused = "We could not accept your sign-up. Nothing of what you typed is stored."
    sent = client.post(f"/events/{slug}/sign-up", data=ADA, headers=ENGLISH)
    assert (sent.status_code, sentence in sent.text, refused in sent.text) == (409, True, True)
    assert refused not in page
    with app.app_context():
        assert letters() == []


def test_drafts_and_unknown_events_have_no_sign_up(
    client: FlaskClient, event_slug: MakeEvent
) -> None:
    for slug in (event_slug(is_published=False), "no-such-event"):
        assert client.get(f"/events/{slug}/sign-up").status_code == 404
        assert client.post(f"/events/{slug}/sign-up", data=ADA).status_code == 404
        assert client.get(f"/events/{slug}/sign-up/done").status_code == 404


def test_the_form_comes_from_the_page_cache_until_the_shown_places_change(
    client: FlaskClient, event_slug: MakeEvent
) -> None:
    address = f"/events/{event_slug(capacity=1)}/sign-up"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    client.post(address, data=ADA)
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, changed.status_code) == (304, 200)


def test_opening_the_link_changes_nothing_pressing_the_button_confirms(
    app: Flask, client: FlaskClient
) -> None:
    slug, token = made(app, confirmed=False)
    for _again in range(2):
        assert client.get(f"/my/{token}").status_code == 200
    assert _status(app, slug) is Status.PENDING
    client.post(f"/my/{token}/confirm")
    assert _status(app, slug) is Status.CONFIRMED
    back = client.get(f"/my/{token}/confirm")
    assert (back.status_code, back.location) == (303, f"/my/{token}")


def test_the_ticket_shows_code_facts_and_ways_on(app: Flask, client: FlaskClient) -> None:
    slug, token = made(app)
    page = client.get(f"/my/{token}", headers=ENGLISH).text
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        ada = registration_of(event, "ada@example.org")
        key = queries.live_feed_key(ada.id)
        assert key is not None
        wanted = [
            f"/my/{token}/event.ics",
            f"/my/{token}/ticket.pdf",
            f"/my/{token}/details",
            f"/my/{token}/cancel",
            secrets.feed_address(key),
            secrets.readable(ada.short_code),
        ]
    assert [text for text in wanted if text not in page] == []
    assert re.search(r'<svg viewBox="0 0 37 37" role="img".*?<path fill="#000" d="M', page)


def test_somebody_in_the_line_sees_the_position_and_can_confirm_the_address(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        event = an_event(capacity=1)
        slug = event.slug
        for email in ("first@example.org", "second@example.org", "ada@example.org"):
            sign_up(event, email)
    token = token_of(app, slug)
    page = client.get(f"/my/{token}", headers=ENGLISH).text
    assert heading(page) == "You are number 2 on the waiting list"
    assert "Yes, this is my address" in page
    page = client.post(f"/my/{token}/confirm", headers=ENGLISH).text
    assert heading(page) == "You are number 2 on the waiting list"
    assert "Yes, this is my address" not in page


def test_giving_a_place_free_is_asked_first_and_then_done(app: Flask, client: FlaskClient) -> None:
    slug, token = made(app)
    question = client.get(f"/my/{token}/cancel", headers=ENGLISH)
    assert (question.status_code, heading(question.text)) == (200, "Give your place free?")
    assert _status(app, slug) is Status.CONFIRMED
    sent = client.post(f"/my/{token}/cancel")
    assert (sent.status_code, sent.location) == (303, f"/my/{token}")
    assert _status(app, slug) is Status.CANCELLED
    page = client.get(f"/my/{token}", headers=ENGLISH).text
    assert heading(page) == "You are no longer signed up"
    assert f"/events/{slug}/sign-up" in page
    again = client.get(f"/my/{token}/cancel")
    assert (again.status_code, again.location) == (303, f"/my/{token}")


def test_a_place_can_be_given_free_until_the_event_begins(app: Flask, client: FlaskClient) -> None:
    slug, token = made(app)
    _change(app, slug, starts_at=now() - timedelta(minutes=1))
    assert client.post(f"/my/{token}/cancel").status_code == 303
    assert _status(app, slug) is Status.CONFIRMED
    assert f"/my/{token}/cancel" not in client.get(f"/my/{token}").text


def test_details_can_be_corrected_and_everything_typed_is_kept(
    app: Flask, client: FlaskClient
) -> None:
    slug, token = made(app)
    form = client.get(f"/my/{token}/details", headers=ENGLISH)
    assert (form.status_code, 'value="Ada Lovelace"' in form.text) == (200, True)
    wrong = {"name": "", "organisation": "Engines", "group": "none"}
    answer = client.post(f"/my/{token}/details", data=wrong, headers=ENGLISH)
    assert (answer.status_code, messages(answer.text)) == (
        422,
        ["Enter your name, for example Ada Lovelace."],
    )
    assert 'value="Engines"' in answer.text
    sent = client.post(f"/my/{token}/details", data=wrong | {"name": "Ada King"})
    assert (sent.status_code, sent.location) == (303, f"/my/{token}")
    page = client.get(f"/my/{token}").text
    assert ("Ada King" in page, "Engines" in page) == (True, True)
    assert _status(app, slug) is Status.CONFIRMED


def test_a_new_feed_address_takes_the_place_of_the_old_one(app: Flask, client: FlaskClient) -> None:
    _slug, token = made(app)
    first = _feed(client, token)
    assert client.post(f"/my/{token}/feed").status_code == 303
    second = _feed(client, token)
    client.post(f"/my/{token}/feed/stop")
    assert (first is None, second in (None, first), _feed(client, token)) == (False, False, None)


def test_the_calendar_entry_is_for_ticket_holders(app: Flask, client: FlaskClient) -> None:
    _slug, token = made(app)
    entry = client.get(f"/my/{token}/event.ics")
    assert entry.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert entry.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert re.findall(r"^(?:METHOD|SEQUENCE|STATUS):.*", entry.text, re.MULTILINE) == [
        "METHOD:PUBLISH\r",
        "SEQUENCE:1\r",
        "STATUS:CONFIRMED\r",
    ]
    _slug, token = made(app, confirmed=False)
    assert client.get(f"/my/{token}/event.ics").location == f"/my/{token}"


@pytest.mark.parametrize("case", ["upper", "lower"])
def test_the_code_opens_a_page_about_the_event_without_a_name(
    app: Flask, client: FlaskClient, case: str
) -> None:
    slug, token = made(app)
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        ada = registration_of(event, "ada@example.org")
        code, title = secrets.ticket_code(ada), event.title["de"]
    path = f"/T/{code}" if case == "upper" else f"/t/{code.lower()}"
    page = client.get(path, headers=ENGLISH)
    assert (page.status_code, heading(page.text)) == (200, "Show this code at the entrance")
    assert (title in page.text, "Ada" in page.text, token in page.text) == (True, False, False)


def test_personal_pages_stay_out_of_caches_indexes_and_referrers(
    app: Flask, client: FlaskClient
) -> None:
    slug, token = made(app)
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        code = secrets.ticket_code(registration_of(event, "ada@example.org"))
    paths = [f"/my/{token}", f"/my/{token}/details", f"/my/{token}/cancel", f"/T/{code}", "/my/x"]
    names = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    found = [tuple(client.get(path).headers[name] for name in names) for path in paths]
    assert found == [("private, no-store", "no-referrer", "noindex, nofollow")] * len(paths)


@pytest.mark.parametrize("token", ["x", "A" * 26, "../..", "%00", "ÄÖÜ"])
def test_unknown_links_and_codes_say_nothing(client: FlaskClient, token: str) -> None:
    personal = [
        client.get(f"/my/{token}{rest}") for rest in ("", "/details", "/cancel", "/event.ics")
    ]
    posted = [
        client.post(f"/my/{token}/{rest}") for rest in ("confirm", "cancel", "feed", "feed/stop")
    ]
    answers = [*personal, *posted, client.get(f"/T/{token}")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({heading(answer.text) for answer in answers}) == 1


def test_the_personal_page_speaks_the_language_of_the_letter_unless_another_was_chosen(
    app: Flask, client: FlaskClient
) -> None:
    _slug, token = made(app)
    page = client.get(f"/my/{token}", headers={"Accept-Language": "de"}).text
    assert '<html lang="en">' in page
    client.get("/language/nl")
    assert '<html lang="nl">' in client.get(f"/my/{token}").text


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("off", "This event will not take place"),
        ("over", "This event is over"),
        ("expired", "We no longer keep a place for you"),
    ],
)
def test_the_personal_page_says_plainly_when_there_is_no_ticket(
    app: Flask, client: FlaskClient, what: str, title: str
) -> None:
    slug, token = made(app, confirmed=what != "expired")
    if what == "off":
        with app.app_context(), transaction():
            event = queries.event_to_sign_up_for(slug)
            assert event is not None
            programme.cancel(event, note={"en": "The house is closed."})
    if what == "over":
        _change(app, slug, starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1))
    if what == "expired":
        with app.app_context(), transaction():
            event = queries.event_to_sign_up_for(slug)
            assert event is not None
            service.cancel(registration_of(event, "ada@example.org"), reason=service.EXPIRED)
    page = client.get(f"/my/{token}", headers=ENGLISH).text
    assert (heading(page), 'role="img"' in page) == (title, False)


def test_requests_of_other_sites_are_refused(app: Flask, client: FlaskClient) -> None:
    slug, token = made(app)
    answer = client.post(f"/my/{token}/cancel", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, _status(app, slug)) == (403, Status.CONFIRMED)


def test_showing_a_ticket_takes_two_statements_and_confirming_at_most_ten(
    app: Flask, client: FlaskClient
) -> None:
    _slug, token = made(app, confirmed=False)
    with app.app_context():
        engine = db.engine
    with counted(engine) as confirming:
        client.post(f"/my/{token}/confirm")
    with counted(engine) as showing:
        client.get(f"/my/{token}")
    assert len(showing) == 2, showing
    assert len(confirming) <= 10, confirming


def test_the_place_of_who_cancels_goes_to_the_first_in_line(
    app: Flask, client: FlaskClient
) -> None:
    slug, token = made(app, capacity=1)
    client.post(f"/events/{slug}/sign-up", data=ADA | {"email": "bo@example.org"})
    client.post(f"/my/{token}/cancel")
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        assert statuses(event) == [("ada", Status.CANCELLED), ("bo", Status.PENDING)]
        assert cancel(registration_of(event, "bo@example.org")) is True
        assert counters(event) == (0, 0)


def _status(app: Flask, slug: str) -> Status:
    with app.app_context():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        return registration_of(event, "ada@example.org").status


def _change(app: Flask, slug: str, **values: Any) -> None:
    with app.app_context(), transaction():
        event = queries.event_to_sign_up_for(slug)
        assert event is not None
        programme.change_event(event, **values)


def _feed(client: FlaskClient, token: str) -> str | None:
    page = client.get(f"/my/{token}").text
    found = re.search(r'value="(http[^"]*/calendars/my/[^"]*\.ics)"', page)
    return found[1] if found else None
