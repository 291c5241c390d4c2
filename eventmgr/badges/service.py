"""Makes badges and tickets out of registrations: the last step at which the database is asked."""

from eventmgr.badges.badge import Badge, Code, Fact, Note, Shape, Sign, Ticket
from eventmgr.badges.fonts import fonts_in
from eventmgr.badges.text import unprintable
from eventmgr.i18n import DEFAULT, LANGUAGES, _, formats, in_language, language, say
from eventmgr.programme.models import Event, SeriesKind, Venue
from eventmgr.programme.queries import event_by_id
from eventmgr.programme.states import has_own_time
from eventmgr.programme.words import KIND_NAMES
from eventmgr.registration import secrets
from eventmgr.registration.models import Registration
from eventmgr.registration.queries import people_with_place
from eventmgr.settings import current_settings
from eventmgr.web.text import plain_text

KIND_SIGNS = {
    SeriesKind.DIALOGUE: (Shape.CIRCLE, "#1766b8"),
    SeriesKind.WORKSHOP: (Shape.SQUARE, "#0b746a"),
    SeriesKind.INNOCAMP: (Shape.DIAMOND, "#7a3bb5"),
    SeriesKind.INNOSLAM: (Shape.TRIANGLE, "#b8410e"),
    SeriesKind.CONFERENCE: (Shape.PILL, "#14172a"),
}
"""Shape and colour of each format on paper, as the pages have them in their light dress."""


def badges_of(event_id: int, only: int | None = None) -> list[Badge]:
    """Return the badges of everybody with a confirmed place, by name; `only` one person's."""
    event = event_by_id(event_id)
    if event is None:
        raise LookupError(event_id)
    spoken = event.languages[0] if event.languages else ""
    with in_language(spoken if spoken in LANGUAGES else DEFAULT):
        return [
            _badge(event, registration)
            for registration in people_with_place(event_id)
            if only in (None, registration.id)
        ]


def names_with_gaps(badges: list[Badge]) -> list[tuple[str, str]]:
    """Return the names that the fonts at hand cannot print whole, with the letters that lack."""
    fonts = fonts_in()
    checked = [(badge.name, unprintable(fonts, badge.name)) for badge in badges]
    return [(name, letters) for name, letters in checked if letters]


def ticket_of(registration: Registration) -> Ticket:
    """Return a person's ticket in the current language."""
    event = registration.event
    settings = current_settings()
    shape, colour = KIND_SIGNS[event.series.kind]
    return Ticket(
        programme=say(settings.programme_name),
        tagline=say(settings.programme_subtitle),
        heading=_("Your place is confirmed"),
        lead=_("Show this code at the entrance, on paper or on your phone."),
        kind=Sign(str(KIND_NAMES[event.series.kind]), shape, colour),
        title=say(event.title),
        facts=(_when(event), _where(event), _for_whom(registration)),
        state=_("Confirmed"),
        code=_code(registration, _("Code to read out")),
        notes=tuple(_notes(event)),
        footer=_(
            "Can you not come after all? Use the link in your letter to give your place to "
            "somebody who waits for one."
        ),
        language=language(),
    )


def _badge(event: Event, registration: Registration) -> Badge:
    return Badge(
        name=registration.name,
        organisation=registration.organisation,
        group=_group(registration),
        code=_code(registration, _("Code")),
        programme=say(current_settings().programme_name),
        event_title=say(event.title),
        event_when=formats.date_range(event.starts_at, event.ends_at, event.zone),
        language=language(),
    )


def _group(registration: Registration) -> Sign | None:
    group = current_settings().group(registration.group)
    if group is None:
        return None
    known = group.shape in list(Shape)
    return Sign(say(group.name), Shape(group.shape) if known else Shape.CIRCLE, group.colour)


def _code(registration: Registration, label: str) -> Code:
    text = secrets.qr_text(secrets.ticket_code(registration))
    short = secrets.readable(registration.short_code)
    return Code(text, short, label, registration.qr_mask)


def _when(event: Event) -> Fact:
    first, *more = event.days
    hours = formats.time_range(first.starts_at, first.ends_at, event.zone)
    if more:
        strong = formats.date_range(event.starts_at, event.ends_at, event.zone)
        hours = _("on each day %(hours)s", hours=hours)
    else:
        strong = formats.long_day(event.starts_at, event.zone)
    if event.doors_at:
        doors = formats.clock_time(event.doors_at, event.zone)
        hours = f"{hours}, {_('doors open at %(time)s', time=doors)}"
    if not has_own_time(event):
        return Fact(_("When"), strong, (hours,))
    zone = formats.zone_name(event.starts_at, event.zone)
    return Fact(_("When"), strong, (hours, _("Local time: %(zone)s", zone=zone)))


def _where(event: Event) -> Fact:
    if event.venue is None:
        return Fact(_("Where"), _("Online"), (_("The link is on your personal page."),))
    room = event.room.name if event.room else ""
    strong = ", ".join(part for part in (event.venue.name, room) if part)
    return Fact(_("Where"), strong, (event.venue.address,))


def _for_whom(registration: Registration) -> Fact:
    group = _group(registration)
    parts = (registration.organisation, group.word if group else "")
    line = " · ".join(part for part in parts if part)
    return Fact(_("Ticket for"), registration.name, (line,) if line else ())


def _notes(event: Event) -> list[Note]:
    """What to know before setting out; only what there is something to say about."""
    venue = event.venue
    changed = plain_text(say(event.status_note))
    notes = [Note(_("Please note"), changed)]
    if venue is not None:
        stop = _("Nearest stop: %(stop)s", stop=venue.nearest_stop) if venue.nearest_stop else ""
        directions = plain_text(say(venue.directions))
        between = ". " if stop and directions else ""
        notes.append(Note(_("Getting there"), stop + between + directions))
        notes.append(Note(_("Access"), _access(venue)))
    return [note for note in notes if note.text]


def _access(venue: Venue) -> str:
    parts = (
        _("You get in without steps.")
        if venue.step_free
        else _("There are steps on the way in. Tell us what you need, and we find a way."),
        _("There is a hearing loop.") if venue.hearing_loop else _("There is no hearing loop."),
        plain_text(say(venue.access_notes)),
    )
    return " ".join(part for part in parts if part)
