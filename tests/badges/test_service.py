"""Registrations become badges and tickets: whose, in what order, with which words."""

from datetime import timedelta

import pytest

from eventmgr.badges import service
from eventmgr.badges.badge import Fact, Note, Shape, Sign
from eventmgr.i18n import in_language
from eventmgr.programme.models import Event, SeriesKind
from eventmgr.registration import secrets
from eventmgr.registration.models import Registration
from eventmgr.registration.queries import registration_by_id
from tests.factories import a_series, a_venue, an_event, at_berlin
from tests.registration import people

pytestmark = pytest.mark.usefixtures("session")


def a_holder(event: Event, name: str = "Ada Lovelace", **more: str) -> Registration:
    email = f"{name.partition(' ')[0].lower()}@example.org"
    return people.a_confirmed(event, email, name=name, **more)


def facts_of(registration: Registration, language: str = "en") -> dict[str, Fact]:
    with in_language(language):
        ticket = service.ticket_of(registration_by_id(registration.id))
    return {fact.label: fact for fact in ticket.facts}


def test_everybody_with_a_confirmed_place_gets_a_badge_in_order_of_names() -> None:
    event = an_event(capacity=3)
    for name in ("Zoë Adler", "Bo Ek", "Ada Lovelace"):
        a_holder(event, name)
    people.sign_up(event, "eve@example.org", name="Eve Late")
    assert [badge.name for badge in service.badges_of(event.id)] == [
        "Ada Lovelace",
        "Bo Ek",
        "Zoë Adler",
    ]


def test_a_place_that_is_not_confirmed_yet_gives_no_badge() -> None:
    event = an_event()
    people.sign_up(event)
    assert service.badges_of(event.id) == []


def test_a_badge_says_who_comes_from_where_to_what() -> None:
    event = an_event(
        title={"de": "Wasserstoff"}, starts_at=at_berlin(14, 9, 30), languages=["de", "en"]
    )
    holder = a_holder(event, organisation="TU Chemnitz", group="science")
    (badge,) = service.badges_of(event.id)
    assert (badge.name, badge.organisation) == ("Ada Lovelace", "TU Chemnitz")
    assert badge.group == Sign("Wissenschaft", Shape.DIAMOND, "#7a3bb5")
    assert (badge.event_title, badge.programme, badge.language) == (
        "Wasserstoff",
        "StrategieWerkstatt",
        "de",
    )
    assert badge.code.text == secrets.qr_text(secrets.ticket_code(holder))
    assert badge.code.mask == holder.qr_mask
    assert badge.code.short == f"{holder.short_code[:4]}-{holder.short_code[4:]}"


def test_badges_speak_the_language_of_the_event() -> None:
    event = an_event(title={"de": "Dialog", "en": "Dialogue"}, languages=["en", "de"])
    a_holder(event, group="science")
    (badge,) = service.badges_of(event.id)
    assert (badge.event_title, badge.group and badge.group.word) == ("Dialogue", "Science")


def test_a_group_that_was_abolished_leaves_the_badge_without_one() -> None:
    event = an_event()
    a_holder(event, group="guild of printers")
    assert [badge.group for badge in service.badges_of(event.id)] == [None]


def test_one_badge_can_be_had_alone() -> None:
    event = an_event()
    a_holder(event, "Bo Ek")
    ada = a_holder(event)
    names = [badge.name for badge in service.badges_of(event.id, only=ada.id)]
    assert names == ["Ada Lovelace"]


def test_badges_of_no_event_are_an_error() -> None:
    with pytest.raises(LookupError):
        service.badges_of(4711)


def test_names_that_cannot_be_printed_whole_are_named() -> None:
    event = an_event()
    a_holder(event)
    a_holder(event, "𗀀 Ek")
    assert service.names_with_gaps(service.badges_of(event.id)) == [("𗀀 Ek", "𗀀")]


def test_a_ticket_says_when_where_and_for_whom() -> None:
    venue = a_venue(name="Zeitenströmung", street="Königsbrücker Straße 96")
    start = at_berlin(14, 9, 30)
    event = an_event(
        venue=venue,
        starts_at=start,
        ends_at=start + timedelta(hours=7),
        doors_at=start - timedelta(minutes=30),
    )
    facts = facts_of(a_holder(event, organisation="TU Chemnitz", group="science"))
    assert facts["When"].lines == ("9:30 to 16:30, doors open at 9:00",)
    assert facts["Where"] == Fact(
        "Where", "Zeitenströmung", ("Königsbrücker Straße 96, 01099 Dresden",)
    )
    assert facts["Ticket for"] == Fact("Ticket for", "Ada Lovelace", ("TU Chemnitz · Science",))


def test_a_ticket_for_several_days_says_so() -> None:
    start = at_berlin(14)
    event = an_event(starts_at=start, ends_at=start + timedelta(days=2, hours=6))
    assert facts_of(a_holder(event))["When"].lines == ("on each day 10:00 to 16:00",)


def test_a_ticket_abroad_names_the_zone() -> None:
    event = an_event(venue=a_venue(city="San Francisco", zone="America/Los_Angeles"))
    lines = facts_of(a_holder(event))["When"].lines
    assert lines[1:] in (
        ("Local time: Pacific Standard Time",),
        ("Local time: Pacific Daylight Time",),
    )


def test_a_ticket_for_an_online_event_leads_to_the_personal_page() -> None:
    event = an_event(is_online=True, online_url="https://meet.example.org/1")
    assert facts_of(a_holder(event))["Where"] == Fact(
        "Where", "Online", ("The link is on your personal page.",)
    )


def test_a_ticket_tells_the_way_and_the_access_as_plain_text() -> None:
    venue = a_venue(
        nearest_stop="Heeresbäckerei",
        directions={"en": "Four minutes *on foot*."},
        step_free=True,
        hearing_loop=True,
        access_notes={"en": "Ring at **gate 2**."},
    )
    holder = a_holder(an_event(venue=venue))
    with in_language("en"):
        notes = service.ticket_of(registration_by_id(holder.id)).notes
    assert notes == (
        Note("Getting there", "Nearest stop: Heeresbäckerei. Four minutes on foot."),
        Note("Access", "You get in without steps. There is a hearing loop. Ring at gate 2."),
    )


@pytest.mark.parametrize("kind", SeriesKind)
def test_every_format_has_its_sign_on_paper(kind: SeriesKind) -> None:
    holder = a_holder(an_event(series=a_series(kind)))
    sign = service.ticket_of(registration_by_id(holder.id)).kind
    assert (sign.shape, sign.colour) == service.KIND_SIGNS[kind]
