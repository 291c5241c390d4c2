"""What the office fills in about an event; whether that is possible is the service's question.

A draft is edited as a whole (`EventForm`). Once published, place and time are only moved and places
only changed where people are told; `PublishedEventForm` has the rest.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, URLField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from eventmgr.i18n import _, _l, say
from eventmgr.programme import queries
from eventmgr.programme.fields import (
    MultiCheckboxField,
    SeenForm,
    WallTimeField,
    WholeNumberField,
    at_most,
    choices,
    texts,
    wall_clock,
    zone_choices,
)
from eventmgr.programme.models import AttendanceMode, Event, Room, Series, Venue
from eventmgr.programme.words import ATTENDANCE_NAMES, SPOKEN_LANGUAGES
from eventmgr.settings import current_settings

MOST_PLACES = 100_000
LONGEST_ADDRESS = 2_000


class TimedForm(SeenForm):
    """A form with wall-clock times; they count in the zone of the place."""

    place_zone = ""

    def __init__(self, *, zone: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Remember the zone where none is chosen in the form itself."""
        super().__init__(**kwargs)
        self.place_zone = zone

    def chosen_zone(self) -> str:
        """Return the zone in which the times are meant."""
        return self.place_zone

    def settle(self) -> None:
        """Find the instants of all times."""
        for field in self:
            if isinstance(field, WallTimeField):
                field.settle(self.chosen_zone())

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - of the library
        """Check each field, then the times, then what must fit together."""
        super().validate(extra_validators)
        self.settle()
        self.check()
        return not self.errors

    def check(self) -> None:
        """Say at the fields what does not fit together."""


class WhatForm(TimedForm):
    """What an event is about."""

    series = SelectField(_l("Part of the series"))
    title = texts(_l("Title"), required=_l("Enter the title in German."))
    summary = texts(
        _l("In one sentence"),
        rows=3,
        description=_l("Stands below the title and in search results."),
    )
    description = texts(
        _l("Description"),
        rows=8,
        description=_l("An empty line begins a paragraph, * a list; [words](https://…) is a link."),
    )
    languages = MultiCheckboxField(_l("Languages spoken"))

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the series there are."""
        super().__init__(**kwargs)
        self._series = {str(series.id): series for series in queries.all_series()}
        self.series.choices = {key: say(series.title) for key, series in self._series.items()}
        self.languages.choices = choices(SPOKEN_LANGUAGES)

    def chosen_series(self) -> Series:
        """Return the series."""
        return self._series[self.series.data]

    def what(self) -> dict[str, Any]:
        """Return the columns."""
        return {
            "series_id": int(self.series.data),
            "title": self.title.content,
            "summary": self.summary.content,
            "description": self.description.content,
            "languages": self.languages.data or [],
        }


class WhenWhereForm(TimedForm):
    """Where and when an event is."""

    attendance_mode = RadioField(
        _l("How people take part"),
        [InputRequired(_l("Say how people take part."))],
        default=AttendanceMode.ON_SITE.value,
    )
    place = SelectField(_l("Place"), validate_choice=False)
    online_url = URLField(
        _l("Address of the online meeting"),
        [
            Optional(),
            at_most(LONGEST_ADDRESS),
            Regexp(
                r"https?://\S+$", message=_l("Write the whole address, with https:// in front.")
            ),
        ],
        description=_l("Only people with a place see it, on their personal page."),
    )
    zone = SelectField(
        _l("Time zone"), description=_l("Counts where there is no place; else it is the place’s.")
    )
    starts_at = WallTimeField(
        _l("Start"), [InputRequired(_l("Enter day and time, as clocks at the place show it."))]
    )
    ends_at = WallTimeField(
        _l("End"),
        [InputRequired(_l("Enter day and time, as clocks at the place show it."))],
        description=_l("On a later day, the same hours count for each day."),
    )
    doors_at = WallTimeField(_l("Doors open"))

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the venues there are, each as a whole and by room."""
        super().__init__(**kwargs)
        venues = queries.all_venues()
        self.attendance_mode.choices = choices(ATTENDANCE_NAMES)
        self.place.choices = _place_choices(venues)
        self._places = _places(venues)
        self.zone.choices = zone_choices()
        if not self.zone.data:
            self.zone.data = current_settings().default_zone

    def chosen_place(self) -> tuple[Venue | None, Room | None]:
        """Return house and room."""
        return self._places.get(self.place.data or "", (None, None))

    def chosen_zone(self) -> str:
        """Return the zone of the place, or the one that was chosen for an event without."""
        venue, _room = self.chosen_place()
        return venue.zone if venue else self.zone.data

    def check(self) -> None:
        """Compare place with way to take part, and the times with each other."""
        super().check()
        venue, _room = self.chosen_place()
        is_online = self.attendance_mode.data == AttendanceMode.ONLINE
        if venue is None and not is_online:
            self.place.errors = [_("Choose the place, or say that people take part online.")]
        if venue is not None and is_online:
            self.place.errors = [_("An online event has no place: choose none, or another way.")]
        starts, ends, doors = (f.instant for f in (self.starts_at, self.ends_at, self.doors_at))
        if starts and ends and ends <= starts:
            self.ends_at.refuse(_("The end must come after the start."))
        if starts and doors and doors > starts:
            self.doors_at.refuse(_("Doors open before the event starts, or at the same time."))

    def when_where(self) -> dict[str, Any]:
        """Return the columns."""
        venue, room = self.chosen_place()
        return {
            "attendance_mode": AttendanceMode(self.attendance_mode.data),
            "venue_id": venue.id if venue else None,
            "room_id": room.id if room else None,
            "online_url": (self.online_url.data or "").strip(),
            "zone": self.chosen_zone(),
            "starts_at": self.starts_at.instant,
            "ends_at": self.ends_at.instant,
            "doors_at": self.doors_at.instant,
        }


class SignUpWindowForm(TimedForm):
    """When people can sign up, and what they are asked about their needs."""

    sign_up_opens_at = WallTimeField(
        _l("Sign-up opens"), description=_l("Leave empty to open it at once.")
    )
    sign_up_closes_at = WallTimeField(
        _l("Sign-up closes"), description=_l("Leave empty to close it when the event starts.")
    )
    asks_diet = BooleanField(_l("Ask for diet, because there is something to eat"))
    asks_assistance = BooleanField(_l("Ask what assistance people need"))

    def check(self) -> None:
        """Compare the two times."""
        super().check()
        opens, closes = self.sign_up_opens_at.instant, self.sign_up_closes_at.instant
        if opens and closes and closes <= opens:
            self.sign_up_closes_at.refuse(_("Sign-up must close after it opens."))

    def sign_up(self) -> dict[str, Any]:
        """Return the columns."""
        return {
            "sign_up_opens_at": self.sign_up_opens_at.instant,
            "sign_up_closes_at": self.sign_up_closes_at.instant,
            "asks_diet": self.asks_diet.data,
            "asks_assistance": self.asks_assistance.data,
        }


class PlacesForm(SeenForm):
    """How many people an event takes."""

    capacity = WholeNumberField(
        _l("Number of places"),
        [
            InputRequired(_l("Enter how many people can take part.")),
            NumberRange(1, MOST_PLACES, _l("Enter a number from 1 to 100,000.")),
        ],
    )


class EventForm(WhatForm, WhenWhereForm, PlacesForm, SignUpWindowForm):
    """All of a draft."""

    def values(self) -> dict[str, Any]:
        """Return the columns of an event."""
        places = {"capacity": self.capacity.data}
        return {**self.what(), **self.when_where(), **places, **self.sign_up()}


class PublishedEventForm(WhatForm, SignUpWindowForm):
    """What may change without a letter to everybody."""

    def values(self) -> dict[str, Any]:
        """Return the columns of an event."""
        return {**self.what(), **self.sign_up()}


class PublishForm(SeenForm):
    """The decision to show a draft to everybody."""


def stored_values(event: Event) -> dict[str, Any]:
    """Return what is stored of an event, as the forms show it."""
    times = ("starts_at", "ends_at", "doors_at", "sign_up_opens_at", "sign_up_closes_at")
    same = ("title", "summary", "description", "languages", "online_url", "zone", "capacity")
    asks = ("asks_diet", "asks_assistance")
    return {
        **{name: getattr(event, name) for name in (*same, *asks)},
        **{name: _shown(getattr(event, name), event.zone) for name in times},
        "series": str(event.series_id),
        "attendance_mode": event.attendance_mode.value,
        "place": _key(event.venue_id, event.room_id),
    }


def _shown(moment: datetime | None, zone: str) -> datetime | None:
    return wall_clock(moment, zone)


def _key(venue_id: int | None, room_id: int | None) -> str:
    if room_id:
        return f"room-{room_id}"
    return f"venue-{venue_id}" if venue_id else ""


def _places(venues: Sequence[Venue]) -> dict[str, tuple[Venue | None, Room | None]]:
    """Return what each choice means."""
    whole: dict[str, tuple[Venue | None, Room | None]] = {
        _key(v.id, None): (v, None) for v in venues
    }
    return whole | {_key(v.id, room.id): (v, room) for v in venues for room in v.rooms}


def _place_choices(venues: Sequence[Venue]) -> dict[str, dict[str, str]]:
    """Return the choices by town."""
    by_town = {_("Without a place"): {"": _("None, online only")}}
    for venue in venues:
        in_town = by_town.setdefault(venue.city, {})
        in_town[_key(venue.id, None)] = venue.name
        in_town |= {_key(venue.id, room.id): _room_name(venue, room) for room in venue.rooms}
    return by_town


def _room_name(venue: Venue, room: Room) -> str:
    if room.capacity is None:
        return f"{venue.name}: {room.name}"
    return _("%(house)s: %(room)s, %(n)s places", house=venue.name, room=room.name, n=room.capacity)
