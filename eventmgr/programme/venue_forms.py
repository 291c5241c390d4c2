"""What the office fills in about a venue."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from eventmgr.i18n import _, _l, say
from eventmgr.i18n.countries import countries
from eventmgr.programme import queries
from eventmgr.programme.fields import (
    LONGEST_TEXT,
    SeenForm,
    at_most,
    texts,
    tidy_line,
    tidy_text,
    zone_choices,
)
from eventmgr.programme.models import Room, Venue
from eventmgr.settings import current_settings
from eventmgr.web.typed import small_number

_COORDINATES = re.compile(r"(-?\d{1,2}(?:[.,]\d+)?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d+)?)")
MOST_PLACES = 100_000

RoomLine = tuple[str, int | None]


def _line(label: Any, required: Any = "", **more: Any) -> StringField:  # noqa: ANN401 - of the library
    checks: list[Any] = [DataRequired(required)] if required else []
    return StringField(label, [*checks, at_most(200)], filters=[tidy_line], **more)


class VenueForm(SeenForm):
    """A house with its rooms."""

    name = _line(_l("Name"), _l("Enter the name of the house."))
    street = _line(_l("Street and number"))
    postal_code = _line(_l("Postcode"))
    city = _line(_l("Town"), _l("Enter the town."))
    country = SelectField(_l("Country"), default="DE")
    region = SelectField(_l("Region"), validate_choice=False)
    new_region = _line(_l("Another region"), description=_l("Where none of the above fits."))
    coordinates = _line(
        _l("Coordinates"),
        description=_l("North and east, as maps show them: 51.0785, 13.7604"),
    )
    zone = SelectField(_l("Time zone"))
    step_free = BooleanField(_l("Step-free from the street to the rooms"))
    hearing_loop = BooleanField(_l("Hearing loop"))
    nearest_stop = _line(_l("Nearest stop"))
    directions = texts(_l("How to get there"), rows=4)
    access_notes = texts(_l("Notes on access"), rows=4)
    rooms = TextAreaField(
        _l("Rooms"),
        [at_most(LONGEST_TEXT)],
        filters=[tidy_text],
        description=_l("One in each line, places after a semicolon: Großer Saal; 120"),
        render_kw={"rows": 5},
    )

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the regions and countries there are."""
        super().__init__(**kwargs)
        regions = queries.all_regions()
        self._regions = {str(region.id): region for region in regions}
        names = {key: say(region.name) for key, region in self._regions.items()}
        self.region.choices = {"": _("Please choose"), **names}
        self.country.choices = dict(countries())
        self.zone.choices = zone_choices()
        self.room_lines: list[RoomLine] = []
        self.position: tuple[float, float] | None = None
        if not self.zone.data:
            self.zone.data = current_settings().default_zone

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - of the library
        """Check each field, then read coordinates and rooms."""
        super().validate(extra_validators)
        if not self.new_region.data and self.region.data not in self._regions:
            self.region.errors = [_("Choose the region, or name another one below.")]
        self._read_coordinates()
        self._read_rooms()
        return not self.errors

    def _read_coordinates(self) -> None:
        text = self.coordinates.data or ""
        match = _COORDINATES.fullmatch(text)
        if match:
            north, east = (float(number.replace(",", ".")) for number in match.groups())
            if abs(north) <= 90 and abs(east) <= 180:
                self.position = (north, east)
                return
        if text:
            message = _("Write two numbers, north and east, for example 51.0785, 13.7604.")
            self.coordinates.errors = [message]

    def _read_rooms(self) -> None:
        for line in filter(None, map(tidy_line, (self.rooms.data or "").splitlines())):
            name, _semicolon, places = (part.strip() for part in line.partition(";"))
            capacity = small_number(places)
            if places and not 0 < (capacity or 0) <= MOST_PLACES:
                self._refuse_room(_("“%(line)s”: write the places as a number.", line=line))
            elif not name or name in dict(self.room_lines):
                self._refuse_room(_("“%(line)s”: each room needs its own name.", line=line))
            self.room_lines.append((name, capacity))

    def _refuse_room(self, message: str) -> None:
        self.rooms.errors = [*self.rooms.errors, message]

    def chosen_region(self) -> int | None:
        """Return the key of the region that was chosen, None where another was named."""
        return None if self.new_region.data else int(self.region.data)

    def values(self) -> dict[str, Any]:
        """Return the columns of a venue but its region."""
        north, east = self.position or (None, None)
        lines = ("name", "street", "postal_code", "city", "country", "zone", "nearest_stop")
        boxes = ("step_free", "hearing_loop")
        return {
            **{name: self[name].data or "" for name in lines},
            **{name: self[name].data for name in boxes},
            "latitude": north,
            "longitude": east,
            "directions": self.directions.content,
            "access_notes": self.access_notes.content,
        }


def stored_values(venue: Venue) -> dict[str, Any]:
    """Return what is stored of a venue, as the form shows it."""
    lines = ("name", "street", "postal_code", "city", "country", "zone", "nearest_stop")
    others = ("step_free", "hearing_loop", "directions", "access_notes")
    has_position = venue.latitude is not None and venue.longitude is not None
    return {
        **{name: getattr(venue, name) for name in (*lines, *others)},
        "region": str(venue.region_id),
        "coordinates": f"{venue.latitude}, {venue.longitude}" if has_position else "",
        "rooms": _room_text(venue.rooms),
    }


def _room_text(rooms: Sequence[Room]) -> str:
    return "\n".join(f"{r.name}; {r.capacity}" if r.capacity else r.name for r in rooms)
