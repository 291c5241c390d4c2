"""The part of a form that says when and where an event is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import RadioField, SelectField, URLField
from wtforms.validators import InputRequired, Optional, Regexp

from eventmgr.i18n import _, _l
from eventmgr.programme import queries
from eventmgr.programme.fields import (
    SeenForm,
    WallTimeField,
    at_most,
    choices,
    tidy_line,
    zone_choices,
)
from eventmgr.programme.models import AttendanceMode, Room, Venue
from eventmgr.programme.words import ATTENDANCE_NAMES
from eventmgr.settings import current_settings

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


def online_url_field() -> URLField:
    """Ask where people join who are not there."""
    return URLField(
        _l("Address of the online meeting"),
        [
            Optional(),
            at_most(LONGEST_ADDRESS),
            Regexp(
                r"https?://\S+$", message=_l("Write the whole address, with https:// in front.")
            ),
        ],
        filters=[tidy_line],
        description=_l("Only people with a place see it, on their personal page."),
    )


def doors_field() -> WallTimeField:
    """Ask when doors open."""
    return WallTimeField(_l("Doors open"))


def check_doors(doors_at: WallTimeField, starts: datetime | None) -> None:
    """Insist that doors open before the start."""
    if starts and doors_at.instant and doors_at.instant > starts:
        doors_at.refuse(_("Doors open before the event starts, or at the same time."))


class WhenWhereForm(TimedForm):
    """Where and when an event is."""

    attendance_mode = RadioField(
        _l("How people take part"),
        [InputRequired(_l("Say how people take part."))],
        default=AttendanceMode.ON_SITE.value,
    )
    place = SelectField(_l("Place"), validate_choice=False)
    online_url = online_url_field()
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
    doors_at = doors_field()

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
        starts, ends = self.starts_at.instant, self.ends_at.instant
        if starts and ends and ends <= starts:
            self.ends_at.refuse(_("The end must come after the start."))
        check_doors(self.doors_at, starts)

    def when_where(self) -> dict[str, Any]:
        """Return the columns."""
        venue, room = self.chosen_place()
        return {
            "attendance_mode": AttendanceMode(self.attendance_mode.data),
            "venue_id": venue.id if venue else None,
            "room_id": room.id if room else None,
            "online_url": self.online_url.data or "",
            "zone": self.chosen_zone(),
            "starts_at": self.starts_at.instant,
            "ends_at": self.ends_at.instant,
            "doors_at": self.doors_at.instant,
        }


def place_key(venue_id: int | None, room_id: int | None) -> str:
    """Return the value of a place among the choices."""
    if room_id:
        return f"room-{room_id}"
    return f"venue-{venue_id}" if venue_id else ""


def _places(venues: Sequence[Venue]) -> dict[str, tuple[Venue | None, Room | None]]:
    """Return what each choice means."""
    whole: dict[str, tuple[Venue | None, Room | None]] = {
        place_key(v.id, None): (v, None) for v in venues
    }
    return whole | {place_key(v.id, room.id): (v, room) for v in venues for room in v.rooms}


def _place_choices(venues: Sequence[Venue]) -> dict[str, dict[str, str]]:
    """Return the choices by town."""
    by_town = {_("Without a place"): {"": _("None, online only")}}
    for venue in venues:
        in_town = by_town.setdefault(venue.city, {})
        in_town[place_key(venue.id, None)] = venue.name
        in_town |= {place_key(venue.id, room.id): _room_name(venue, room) for room in venue.rooms}
    return by_town


def _room_name(venue: Venue, room: Room) -> str:
    if room.capacity is None:
        return f"{venue.name}: {room.name}"
    return _("%(house)s: %(room)s, %(n)s places", house=venue.name, room=room.name, n=room.capacity)
