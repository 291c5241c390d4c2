"""What the privacy notice promises to delete is deleted, and figures stay."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.accounts.models import Change
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service as mail
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import service as programme
from eventmgr.programme.models import Event
from eventmgr.registration import erasing, queries, secrets, service
from eventmgr.registration.models import FeedKey, Registration
from tests.factories import an_event
from tests.registration.people import (
    a_confirmed,
    answers,
    cancel,
    counters,
    registration_of,
    sign_up,
)

pytestmark = pytest.mark.usefixtures("session")


def ended(event: Event, *, days: int) -> None:
    """Let the event have ended so many days ago."""
    ended_at = now() - timedelta(days=days)
    with transaction():
        programme.change_event(event, starts_at=ended_at - timedelta(hours=2), ends_at=ended_at)


def test_diet_and_assistance_are_deleted_a_week_after_the_event() -> None:
    recent, old = an_event(), an_event()
    for event in (recent, old):
        sign_up(event, diet="vegan", assistance="a ramp", organisation="TU")
    ended(recent, days=6)
    ended(old, days=8)
    with transaction():
        assert (erasing.forget_needs(), erasing.forget_needs()) == (1, 0)
    kept = [registration_of(event, "ada@example.org") for event in (recent, old)]
    assert [(ada.diet, ada.assistance, ada.organisation) for ada in kept] == [
        ("vegan", "a ramp", "TU"),
        ("", "", "TU"),
    ]


def everything() -> str:
    """Return all that the database says of registrations, as one text."""
    tables = (Registration.__table__, OutboxLetter.__table__, Change.__table__)
    rows = [row for table in tables for row in db.session.execute(sa.select(table))]
    db.session.rollback()
    return " ".join(str(row) for row in rows)


def test_nothing_points_to_a_person_two_years_after_the_event() -> None:
    event = an_event()
    a_confirmed(event, organisation="Engines", group="science", consents=("photos",))
    bo = sign_up(event, "bo@example.org", name="Bo Bardi", answers={"1": "by bicycle"})
    with transaction():
        service.change_details(bo, answers("bo@example.org", name="Bob Bardi"))
        service.cancel(bo, reason="Bo is ill")
        mail.mark_failed(
            db.session.scalars(sa.select(sa.func.max(OutboxLetter.id))).one(),
            "550 no mailbox bo@example.org",
            for_good=True,
            attempts=1,
        )
    ended(event, days=731)
    before = counters(event)
    with transaction():
        assert (erasing.forget_people(), erasing.forget_people()) == (2, 0)
    text = everything()
    traces = ("Ada", "ada@", "Bo", "bo@", "Bardi", "Engines", "bicycle", "ill", "/my/", "photos")
    assert [trace for trace in traces if trace in text] == []
    found = db.session.scalars(sa.select(Registration).order_by(Registration.id)).all()
    assert [(ada.email_key, ada.name, ada.group) for ada in found] == [
        (f"erased-{found[0].id}", "–", "science"),
        (f"erased-{found[1].id}", "–", ""),
    ]
    assert [str(ada.status) for ada in found] == ["confirmed", "cancelled"]
    assert (counters(event), db.session.query(FeedKey).count()) == (before, 0)
    lines = [line.what for line in history.changes_of("registration", found[0].id)]
    assert lines == ["confirmed", "signed up"]


def test_who_came_lately_is_kept_and_so_are_their_letters() -> None:
    event = an_event()
    a_confirmed(event)
    ended(event, days=729)
    with transaction():
        assert erasing.forget_people() == 0
    assert registration_of(event, "ada@example.org").name == "Ada Lovelace"


def test_people_are_forgotten_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventmgr.registration.erasing.ERASE_AT_ONCE", 2)
    event = an_event()
    for name in ("ada", "bo", "cy"):
        sign_up(event, f"{name}@example.org")
    ended(event, days=800)
    rounds = []
    for _round in range(3):
        with transaction():
            rounds.append(erasing.forget_people())
    assert rounds == [2, 1, 0]


def test_a_hold_that_ran_out_is_still_told_from_a_cancellation() -> None:
    event = an_event()
    expired, cancelled = sign_up(event), sign_up(event, "bo@example.org")
    with transaction():
        service.cancel(expired, reason=service.EXPIRED)
    cancel(cancelled)
    ended(event, days=800)
    with transaction():
        erasing.forget_people()
    query = sa.select(Registration.cancel_reason).order_by(Registration.id)
    assert db.session.scalars(query).all() == [service.EXPIRED, ""]


def test_the_link_of_an_old_letter_leads_nowhere() -> None:
    event = an_event()
    address = secrets.personal_address(a_confirmed(event))
    ended(event, days=800)
    with transaction():
        erasing.forget_people()
    assert queries.registration_by_token(address.rpartition("/")[2]) is None
