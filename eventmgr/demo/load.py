"""Loads the demonstration."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa

from eventmgr import accounts
from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.demo.agenda import AGENDAS, SPEAKERS, clock_time
from eventmgr.demo.office import OFFICE
from eventmgr.demo.people import SEED, invented_people
from eventmgr.demo.sign_ups import sign_up_people
from eventmgr.programme import service, zones
from eventmgr.programme.models import (
    AttendanceMode,
    Event,
    EventStatus,
    Person,
    Region,
    Room,
    Series,
    SeriesKind,
    Session,
    Venue,
)
from eventmgr.programme.slugs import free_slug
from eventmgr.settings import current_settings

HERE = Path(__file__).parent

Row = dict[str, Any]


def is_loaded() -> bool:
    """Whether there is any event already."""
    return db.session.scalar(sa.select(sa.func.count(Event.id))) != 0


def load(*, show_progress: bool = True) -> None:
    """Load everything into an empty database, or nothing at all."""
    programme = tomllib.loads((HERE / "programme.toml").read_text(encoding="utf-8"))
    geography = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))
    rng = random.Random(SEED)
    people = invented_people(rng)
    rows = click.progressbar(programme["event"], label="Demonstration", hidden=not show_progress)
    with history.acting_as("cli"), transaction(), rows as steps:
        _add_places(geography)
        _add_series(programme["series"])
        _add_speakers()
        accounts.save_account(OFFICE, name="Marlene Domaschk")
        for number, row in enumerate(steps):
            sign_up_people(_add_event(row, number), row, people, rng)


def _add_places(geography: Row) -> None:
    regions: dict[str, Region] = {}
    for position, row in enumerate(geography["region"]):
        regions[row["slug"]] = Region(slug=row["slug"], name=row["name"], position=position)
    db.session.add_all(regions.values())
    db.session.flush()
    for row in geography["venue"]:
        latitude, longitude = row.pop("at")
        region, rooms = regions[row.pop("region")], row.pop("rooms")
        service.save_venue(
            None,
            rooms=rooms.items(),
            region_id=region.id,
            latitude=latitude,
            longitude=longitude,
            **row,
        )


def _add_series(rows: list[Row]) -> None:
    for row in rows:
        service.save_series(None, **(row | {"kind": SeriesKind(row["kind"])}))


def _add_speakers() -> None:
    for name, organisation in SPEAKERS:
        db.session.add(Person(slug=free_slug(Person, name), name=name, organisation=organisation))
        db.session.flush()


def _add_event(row: Row, number: int) -> Event:
    venue = db.session.scalar(sa.select(Venue).where(Venue.slug == row.get("venue", "")))
    zone = venue.zone if venue else current_settings().default_zone
    starts_at, ends_at = _times(row, zone)
    opens_at = now() + timedelta(weeks=row["opens_in_weeks"]) if "opens_in_weeks" in row else None
    event = service.create_event(
        db.session.scalars(sa.select(Series).where(Series.slug == row["series"])).one(),
        venue_id=venue.id if venue else None,
        room_id=_room(venue, row.get("room", "")),
        attendance_mode=_mode(row),
        online_url="https://video.example/werkstatt" if row.get("online") or "mode" in row else "",
        title=row["title"],
        summary=row["summary"],
        description=_description(row),
        languages=row.get("languages", ["de"]),
        starts_at=starts_at,
        ends_at=ends_at,
        doors_at=_at(row["doors"], starts_at, zone) if "doors" in row else None,
        zone=zone,
        sign_up_opens_at=opens_at,
        capacity=row["capacity"],
        asks_diet=row.get("asks_diet", False),
        asks_assistance=row.get("asks_assistance", False),
    )
    _add_agenda(event, number)
    _bring_to_state(event, row)
    return event


def _room(venue: Venue | None, name: str) -> int | None:
    if venue is None:
        return None
    return db.session.scalar(sa.select(Room.id).where(Room.venue_id == venue.id, Room.name == name))


def _mode(row: Row) -> AttendanceMode:
    return (
        AttendanceMode.ONLINE if row.get("online") else AttendanceMode(row.get("mode", "on_site"))
    )


def _times(row: Row, zone: str) -> tuple[datetime, datetime]:
    today = now().astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    first = (
        today if row.get("today") else monday + timedelta(weeks=row["week"], days=row["weekday"])
    )
    last = first + timedelta(days=row.get("days", 1) - 1)
    begin, end = (clock_time(hour) for hour in row["hours"])
    return (
        zones.instant(datetime.combine(first, begin), zone, second=False),
        zones.instant(datetime.combine(last, end), zone, second=False),
    )


def _at(hour: str, starts_at: datetime, zone: str) -> datetime:
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return zones.instant(datetime.combine(day, clock_time(hour)), zone, second=False)


def _description(row: Row) -> dict[str, str]:
    """Return a text that shows what Markdown can do."""
    closing = {
        "de": "**Wer kommt?** Menschen aus Betrieben, Hochschulen und Verwaltung.\n\n"
        "**Was kostet es?** Nichts. Getränke und ein Imbiss sind da.\n\n"
        "- Bringen Sie eine Frage aus Ihrem Alltag mit.\n"
        "- Sagen Sie ab, wenn Sie nicht können: Jemand wartet auf den Platz.",
        "en": "**Who comes?** People from companies, universities and public administration.\n\n"
        "**What does it cost?** Nothing. Drinks and a snack are provided.\n\n"
        "- Bring a question from your daily work.\n"
        "- Cancel if you cannot come: somebody is waiting for the place.",
        "fr": "**Qui vient ?** Des entreprises, des universités et des administrations.\n\n"
        "**Combien cela coûte ?** Rien. Boissons et collation sont offertes.\n\n"
        "- Apportez une question de votre quotidien.\n"
        "- Annulez si vous ne pouvez pas venir : quelqu’un attend la place.",
        "nl": "**Wie komt er?** Mensen uit bedrijven, hogescholen en overheid.\n\n"
        "**Wat kost het?** Niets. Drankjes en een hapje staan klaar.\n\n"
        "- Neem een vraag uit uw dagelijks werk mee.\n"
        "- Zeg af als u niet kunt komen: iemand wacht op de plaats.",
    }
    return {code: f"{row['summary'][code]}\n\n{text}" for code, text in closing.items()}


def _add_agenda(event: Event, number: int) -> None:
    series = db.session.get_one(Series, event.series_id)
    speakers = list(db.session.scalars(sa.select(Person).order_by(Person.id)))
    turn = number * 3
    for day in event.days:
        for item in AGENDAS[series.kind]:
            starts_at = day.starts_at + timedelta(minutes=item.after)
            ends_at = min(starts_at + timedelta(minutes=item.minutes), day.ends_at)
            if starts_at >= ends_at:
                continue
            speaking = [speakers[(turn + step) % len(speakers)] for step in range(item.speakers)]
            turn += item.speakers
            session = Session(
                event_id=event.id,
                room_id=event.room_id,
                kind=item.kind,
                title=item.title,
                starts_at=starts_at,
                ends_at=ends_at,
            )
            session.speakers = speaking
            db.session.add(session)
    db.session.flush()


def _bring_to_state(event: Event, row: Row) -> None:
    """Publish, move or cancel it as the story says."""
    if row.get("status") == "draft":
        return
    service.publish(event)
    event.published_at = min(now(), event.starts_at) - timedelta(weeks=10)
    if "moved_days" in row:
        shift = timedelta(days=row["moved_days"])
        event.moved_from = event.starts_at - shift
        service.move(event, note=row["note"])
    if row.get("status") == EventStatus.CANCELLED:
        service.cancel(event, note=row["note"])
