"""Changes of an event: what calendars must hear of, what is refused, what history keeps."""

from datetime import timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.accounts import history
from eventmgr.programme import queries, service
from eventmgr.programme.errors import CapacityBelowTaken, EndsBeforeStart
from eventmgr.programme.models import EventStatus
from eventmgr.programme.places import take_place
from tests.factories import a_series, a_venue, an_event, at_berlin


def test_time_and_place_raise_the_revision_but_a_title_does_not(session: object) -> None:
    event = an_event()
    before = event.revision
    service.change_event(event, title={"de": "Neuer Titel"})
    assert event.revision == before
    service.change_event(event, ends_at=event.ends_at + timedelta(hours=1))
    assert event.revision == before + 1


def test_every_change_is_stamped_and_an_unchanged_event_is_not(session: object) -> None:
    event = an_event()
    first = event.revised_at
    assert service.change_event(event, title=event.title) == set()
    assert event.revised_at == first
    assert service.change_event(event, summary={"de": "Kurz"}) == {"summary"}
    assert event.revised_at > first


def test_the_uid_survives_every_change(session: object) -> None:
    event = an_event()
    uid = event.uid
    service.move(event, note={"de": "Bauarbeiten"}, starts_at=at_berlin(20), ends_at=at_berlin(21))
    service.cancel(event, note={"de": "Sturm"})
    assert event.uid == uid


def test_a_moved_event_names_its_first_date_even_when_moved_twice(session: object) -> None:
    event = an_event()
    first = event.starts_at
    for days in (20, 25):
        service.move(
            event, note={"de": "…"}, starts_at=at_berlin(days), ends_at=at_berlin(days, hour=12)
        )
    assert (event.status, event.moved_from) == (EventStatus.MOVED, first)


def test_an_end_before_the_start_is_refused(session: object) -> None:
    event = an_event()
    with pytest.raises(EndsBeforeStart):
        service.change_event(event, ends_at=event.starts_at)


def test_the_capacity_cannot_fall_below_the_places_taken(session: object) -> None:
    event = an_event(capacity=3)
    for _ in range(2):
        take_place(event.id)
    with pytest.raises(CapacityBelowTaken) as error:
        service.change_event(event, capacity=1)
    assert error.value.taken == 2


def test_history_keeps_what_was_and_what_is(session: object) -> None:
    event = an_event(capacity=80)
    with history.acting_as("account:1"):
        service.change_event(event, capacity=90)
    line = history.changes_of("event", event.id)[0]
    assert (line.actor, line.what) == ("account:1", "changed")
    assert line.details == {"before": {"capacity": 80}, "after": {"capacity": 90}}


def test_a_venue_that_moves_is_news_for_calendars(session: scoped_session[Session]) -> None:
    slug = a_venue().slug
    event = an_event(venue=queries.venue_by_slug(slug))
    before = event.revision
    venue = queries.venue_by_slug(slug)
    assert venue is not None
    service.save_venue(venue, rooms=[("Saal", 90)], street="Neue Straße 1")
    session.refresh(event)
    assert event.revision == before + 1


def test_drafts_are_nobodys_business(session: object) -> None:
    event = an_event(is_published=False)
    assert queries.published_event(event.slug) is None
    service.publish(event)
    assert queries.published_event(event.slug) == event


def test_an_address_is_never_given_twice(session: object) -> None:
    series = a_series()
    slugs = [an_event(series=series, title={"de": "Größe & Maß!"}).slug for _ in range(3)]
    assert slugs == ["groesse-mass", "groesse-mass-2", "groesse-mass-3"]


@pytest.mark.parametrize("query", ["giesserei", "GIEßEREI", "gießerei wasser", "dresd"])
def test_search_forgives_case_accents_and_order(session: object, query: str) -> None:
    event = an_event(title={"de": "Wasserstoff in der Gießerei"})
    an_event(title={"de": "Etwas anderes"}, venue=a_venue(city="Plauen", name="Malzhaus"))
    assert queries.public_events(queries.Filters(q=query)) == [event]


@pytest.mark.parametrize("query", ["100%", "_", "\\", "%%%"])
def test_signs_with_a_meaning_in_sql_are_plain_text_in_a_search(
    session: object, query: str
) -> None:
    event = an_event(title={"de": "Wasserstoff"})
    found = queries.public_events(queries.Filters(q=query))
    assert found in ([], [event] if not query.strip("%\\") else [])
