"""The office's pages of events: list, one event with all ways from it, edit, publish.

What people must be told of (another time or place, fewer or more places, calling off) is in
`registration.event_views`, because this room knows nobody who has signed up.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme import desk, edits, queries, service, words
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.errors import CapacityBelowTaken
from eventmgr.programme.fields import seen_by
from eventmgr.programme.manage_forms import (
    EventForm,
    PublishedEventForm,
    PublishForm,
    stored_values,
)
from eventmgr.programme.preview import shortcomings
from eventmgr.web.access import organiser
from eventmgr.web.paging import Paging, asked_page, asked_text

bp = Blueprint("programme_manage", __name__, url_prefix="/manage/events")


@bp.get("")
@organiser
def events() -> ResponseReturnValue:
    """List the events that come, or those that are over; drafts among them."""
    slug, is_past = asked_text("series"), request.args.get("when") == "past"
    paging = Paging(asked_page(), desk.count_desk_events(series_slug=slug, past=is_past))
    return render_template(
        "programme/manage/events.html",
        found=queries.desk_events(series_slug=slug, past=is_past, page=paging.page),
        paging=paging,
        is_past=is_past,
        series_slug=slug,
        all_series=queries.all_series(),
        now=now(),
    )


@bp.get("/new")
@organiser
def new_event() -> ResponseReturnValue:
    """Ask for all of a new event."""
    form = EventForm(data={"series": _asked_series()})
    return _new_page(form)


def _asked_series() -> str | None:
    """Return the key of the series from which the way led here."""
    series = queries.series_by_slug(asked_text("series"))
    return str(series.id) if series else None


@bp.post("/new")
@organiser
def create_event() -> ResponseReturnValue:
    """Create a draft."""
    form = EventForm()
    if not form.validate():
        return _new_page(form), 422
    values = form.values()
    del values["series_id"]
    with transaction():
        created = service.create_event(form.chosen_series(), **values)
        slug = created.slug
    flash(_("The draft is stored. Only this desk sees it until you publish it."), "success")
    return redirect(url_for(".event", slug=slug), 303)


def _new_page(form: EventForm) -> str:
    has_series = bool(form.series.choices)
    return render_template("programme/manage/new_event.html", form=form, has_series=has_series)


@bp.get("/<slug>")
@organiser
def event(slug: str) -> ResponseReturnValue:
    """Show an event as it stands, every way from here, and its history."""
    found = queries.event_by_slug(slug) or abort(404)
    changes = history.changes_of("event", found.id)
    return render_template(
        "programme/manage/event.html",
        event=found,
        is_over=found.is_over(now()),
        attendance_names=words.ATTENDANCE_NAMES,
        spoken_languages=words.SPOKEN_LANGUAGES,
        changes=changes,
        change_name=words.change_name,
        actor_name=history.actor_names(changes),
    )


@bp.get("/<slug>/edit")
@organiser
def edit_event(slug: str) -> ResponseReturnValue:
    """Show what is stored of an event, to be changed."""
    found = queries.event_by_slug(slug) or abort(404)
    values = {**stored_values(found), "seen": edits.last_seen("event", found.id)}
    form = _edit_form(found, data=values)
    form.settle()
    return _edit_page(slug, form)


@bp.post("/<slug>/edit")
@organiser
def save_event(slug: str) -> ResponseReturnValue:
    """Change what is stored of an event."""
    found = queries.event_by_slug(slug) or abort(404)
    form = _edit_form(found)
    if not form.validate():
        return _edit_page(slug, form), 422
    try:
        with transaction():
            _save(slug, form)
    except ChangedMeanwhile as meanwhile:
        return _edit_page(slug, form, meanwhile), 409
    except CapacityBelowTaken as taken:
        form["capacity"].errors = [_("%(n)s places are taken already.", n=taken.taken)]
        return _edit_page(slug, form), 422
    flash(_("The changes are stored."), "success")
    return redirect(url_for(".event", slug=slug), 303)


def _save(slug: str, form: EventForm | PublishedEventForm) -> None:
    event = desk.event_to_change(slug) or abort(404)
    values = form.values()
    if edits.is_change(event, values):
        edits.ensure_unchanged("event", event.id, form.seen.data)
        service.change_event(event, **values)


def _edit_form(event: Any, **kwargs: Any) -> EventForm | PublishedEventForm:  # noqa: ANN401 - an Event, of the form
    if event.is_public:
        return PublishedEventForm(event, **kwargs)
    return EventForm(zone=event.zone, **kwargs)


def _edit_page(
    slug: str, form: EventForm | PublishedEventForm, meanwhile: ChangedMeanwhile | None = None
) -> str:
    found = queries.event_by_slug(slug) or abort(404)
    if found.is_public and isinstance(form, EventForm):  # it was published meanwhile
        form = PublishedEventForm(found)
    return render_template(
        "programme/manage/edit_event.html",
        event=found,
        form=form,
        is_whole=isinstance(form, EventForm),
        meanwhile=seen_by(form, meanwhile, "event", found.id),
    )


@bp.get("/<slug>/publish")
@organiser
def publish(slug: str) -> ResponseReturnValue:
    """Show what the public would see and what is still missing."""
    found = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        "programme/manage/publish.html",
        event=found,
        form=PublishForm(),
        shortcomings=shortcomings(found, now()),
    )


@bp.post("/<slug>/publish")
@organiser
def publish_event(slug: str) -> ResponseReturnValue:
    """Show a draft to everybody."""
    if not PublishForm().validate():
        abort(400)
    with transaction():
        service.publish(desk.event_to_change(slug) or abort(404))
    flash(_("Everybody can see the event now, and calendars will take it over."), "success")
    return redirect(url_for(".event", slug=slug), 303)
