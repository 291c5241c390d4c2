"""What the office fills in about an event; whether that is possible is the service's question.

A draft is edited as a whole (`EventForm`). Once published, place and time are only moved and places
only changed where people are told; `PublishedEventForm` has the rest.
"""

from datetime import datetime
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, NumberRange

from eventmgr.i18n import _, _l, say
from eventmgr.programme import queries
from eventmgr.programme.fields import (
    MultiCheckboxField,
    SeenForm,
    WallTimeField,
    WholeNumberField,
    choices,
    texts,
    wall_clock,
)
from eventmgr.programme.models import Event, Series
from eventmgr.programme.when_where_forms import (
    TimedForm,
    WhenWhereForm,
    check_doors,
    doors_field,
    online_url_field,
    place_key,
)
from eventmgr.programme.words import SPOKEN_LANGUAGES

MOST_PLACES = 100_000


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

    online_url = online_url_field()
    doors_at = doors_field()

    def __init__(self, event: Event, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Remember when the event starts."""
        super().__init__(zone=event.zone, **kwargs)
        self._starts_at = event.starts_at

    def check(self) -> None:
        """Compare the doors with the start."""
        super().check()
        check_doors(self.doors_at, self._starts_at)

    def values(self) -> dict[str, Any]:
        """Return the columns of an event."""
        on_the_day = {"online_url": self.online_url.data or "", "doors_at": self.doors_at.instant}
        return {**self.what(), **on_the_day, **self.sign_up()}


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
        "place": place_key(event.venue_id, event.room_id),
    }


def _shown(moment: datetime | None, zone: str) -> datetime | None:
    return wall_clock(moment, zone)
