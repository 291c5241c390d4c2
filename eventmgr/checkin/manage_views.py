"""The office looks at a door: live count, arrivals, devices; makes links and closes them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from eventmgr import qr
from eventmgr.accounts import keys
from eventmgr.checkin import arrivals, office_queries, queries, wording
from eventmgr.checkin.forms import MakeLinkForm
from eventmgr.checkin.policy import Door
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme.queries import coming_events, event_by_slug
from eventmgr.settings import current_settings
from eventmgr.web.access import organiser

bp = Blueprint("checkin_manage", __name__, url_prefix="/manage")

EVENTS_SHOWN = 50
NEW_LINK = "new_door_link"
STAYS_OPEN = timedelta(hours=6)
"""How long after the end a link works where no day is named: scans may still have to be sent."""
DAY_ENDS = time(4)
LONGEST_AFTER = timedelta(days=7)
"""A link that is forgotten in some pocket must not open a list of names for years."""


@bp.get("/doors")
@organiser
def doors() -> ResponseReturnValue:
    """List the next events with their doors."""
    events = coming_events(EVENTS_SHOWN)
    links = office_queries.working_links(event.id for event in events)
    return render_template("checkin/doors.html", events=events, links=links)


@bp.get("/events/<slug>/door")
@organiser
def door(slug: str) -> ResponseReturnValue:
    """Show who is in, who came when, and the devices."""
    return _page(_door(slug), MakeLinkForm(formdata=None))


@bp.post("/events/<slug>/door/links")
@organiser
def make_link(slug: str) -> ResponseReturnValue:
    """Make a link for one more device; the page shows it once."""
    found = _door(slug)
    form = MakeLinkForm()
    if not form.validate():
        return _page(found, form), 422
    if form.last_day.data and form.last_day.data > _last_of(found):
        form.last_day.errors = [
            _("A link works for a week after the event at most. Choose an earlier day.")
        ]
        return _page(found, form), 422
    expires_at = _end_of(form, found)
    if expires_at <= now():
        form.last_day.errors = [_("This is in the past. Choose today or a later day.")]
        return _page(found, form), 422
    with transaction():
        token = keys.make_door_key(found.event_id, form.device(), expires_at)
    session[NEW_LINK] = [found.event_id, form.device(), token]
    return redirect(url_for(".door", slug=slug), 303)


@bp.post("/events/<slug>/door/links/<int(max=2147483647):key_id>/close")
@organiser
def close_link(slug: str, key_id: int) -> ResponseReturnValue:
    """Close a link at once."""
    found = _door(slug)
    with transaction():
        is_closed = keys.revoke_door_key(found.event_id, key_id)
    if is_closed:
        flash(_("The link is closed. The device can no longer see or check anybody."), "success")
    else:
        flash(_("This link was closed before."), "info")
    return redirect(url_for(".door", slug=slug), 303)


def _door(slug: str) -> Door:
    event = event_by_slug(slug) if slug.isprintable() else None  # PostgreSQL knows no NUL
    found = queries.door_of(event.id) if event else None
    return found or abort(404)


def _last_of(found: Door) -> date:
    """Return the last day on which a link may work."""
    return (found.ends_at + LONGEST_AFTER).astimezone(ZoneInfo(found.zone)).date()


def _end_of(form: MakeLinkForm, found: Door) -> datetime:
    """Return the early morning after the day that was named, else some hours after the event."""
    last_day = form.last_day.data
    if last_day is None:
        return found.ends_at + STAYS_OPEN
    return datetime.combine(last_day + timedelta(days=1), DAY_ENDS, ZoneInfo(found.zone))


def _page(found: Door, form: MakeLinkForm) -> str:
    table = arrivals.rows(office_queries.arrival_times(found))
    return render_template(
        "checkin/door.html",
        door=found,
        count=queries.count(found),
        arrivals=table,
        curve=arrivals.curve(table),
        refusals=office_queries.refusals(found.event_id),
        words=wording.WORDS,
        devices=office_queries.devices(found.event_id),
        now=now(),
        form=form,
        new_link=_new_link(found),
    )


def _new_link(found: Door) -> dict[str, object] | None:
    """Return the link that was just made, with its QR symbol; only this once."""
    made = session.pop(NEW_LINK, None)
    if not made or made[0] != found.event_id:
        return None
    address = f"{current_settings().public_url}/door/open/{made[2]}"
    symbol = qr.symbol(address)
    return {
        "name": made[1],
        "address": address,
        "view_box": symbol.view_box,
        "path": qr.as_svg_path(symbol),
    }
