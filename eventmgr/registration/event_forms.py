"""What the office fills in about a change that people are told of."""

from typing import Any

from eventmgr.i18n import _, _l
from eventmgr.programme.fields import SeenForm, texts
from eventmgr.programme.manage_forms import PlacesForm
from eventmgr.programme.models import Event
from eventmgr.programme.service import TIME_AND_PLACE
from eventmgr.programme.when_where_forms import WhenWhereForm


class MoveForm(WhenWhereForm):
    """Another time or place, and why."""

    note = texts(
        _l("Reason"),
        required=_l("Say in German why the event moves."),
        rows=3,
        description=_l("Everybody can read it, on the event’s page, in letters and in calendars."),
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Remember what the event is like so far."""
        super().__init__(zone=event.zone, **kwargs)
        self._before = {name: getattr(event, name) for name in TIME_AND_PLACE}
        self._is_off = event.is_cancelled

    def check(self) -> None:
        """Insist that something moves; a cancelled event may come back as it was."""
        super().check()
        values = self.when_where()
        is_same = all(values[name] == before for name, before in self._before.items())
        if is_same and not self._is_off and not self.errors:
            self.starts_at.refuse(_("Nothing moves yet: choose another time or place."))


class CancelForm(SeenForm):
    """Why an event is called off."""

    note = texts(
        _l("Reason"),
        required=_l("Say in German why the event is off."),
        rows=3,
        description=_l("Everybody can read it, on the event’s page, in letters and in calendars."),
    )


class ChangePlacesForm(PlacesForm):
    """More or fewer places."""
