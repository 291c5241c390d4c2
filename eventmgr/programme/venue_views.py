"""The office's pages of venues: list, create, edit."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme import desk, edits, queries, service
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.fields import seen_by
from eventmgr.programme.venue_forms import VenueForm, stored_values
from eventmgr.web.access import organiser

bp = Blueprint("venues_manage", __name__, url_prefix="/manage/venues")


@bp.get("")
@organiser
def venues() -> ResponseReturnValue:
    """List the venues by town."""
    return render_template(
        "programme/manage/venues.html",
        found=queries.all_venues(),
        counts=desk.events_by_venue(),
    )


@bp.get("/new")
@organiser
def new_venue() -> ResponseReturnValue:
    """Ask for a new venue."""
    return render_template("programme/manage/new_venue.html", form=VenueForm())


@bp.post("/new")
@organiser
def create_venue() -> ResponseReturnValue:
    """Create a venue."""
    form = VenueForm()
    if not form.validate():
        return render_template("programme/manage/new_venue.html", form=form), 422
    with transaction():
        region_id = _region_id(form)
        service.save_venue(None, rooms=form.room_lines, region_id=region_id, **form.values())
    flash(_("The venue is stored. Now events can take place there."), "success")
    return redirect(url_for(".venues"), 303)


@bp.get("/<slug>")
@organiser
def edit_venue(slug: str) -> ResponseReturnValue:
    """Show what is stored of a venue, to be changed."""
    found = queries.venue_by_slug(slug) or abort(404)
    seen = {"seen": edits.last_seen("venue", found.id)}
    return _edit_page(slug, VenueForm(data={**stored_values(found), **seen}))


@bp.post("/<slug>")
@organiser
def save_venue(slug: str) -> ResponseReturnValue:
    """Change what is stored of a venue."""
    found = queries.venue_by_slug(slug) or abort(404)
    form = VenueForm()
    if form.zone.data != found.zone and desk.events_by_venue().get(found.id):
        form.zone.process_errors = [
            _("Events are planned here, and their times would change. Make a new venue instead.")
        ]
    if not form.validate():
        return _edit_page(slug, form), 422
    try:
        with transaction():
            _save(slug, form)
    except ChangedMeanwhile as meanwhile:
        return _edit_page(slug, form, meanwhile), 409
    flash(_("The changes are stored. Calendars of coming events take them over."), "success")
    return redirect(url_for(".edit_venue", slug=slug), 303)


def _save(slug: str, form: VenueForm) -> None:
    found = desk.venue_to_change(slug) or abort(404)
    rooms = {room.name: room.capacity for room in found.rooms}
    values = {**form.values(), "region_id": _region_id(form)}
    if edits.is_change(found, values) or rooms != dict(form.room_lines):
        edits.ensure_unchanged("venue", found.id, form.seen.data)
        service.save_venue(found, rooms=form.room_lines, **values)


def _region_id(form: VenueForm) -> int:
    return form.chosen_region() or desk.region_named(form.new_region.data or "").id


def _edit_page(slug: str, form: VenueForm, meanwhile: ChangedMeanwhile | None = None) -> str:
    found = queries.venue_by_slug(slug) or abort(404)
    return render_template(
        "programme/manage/edit_venue.html",
        venue=found,
        form=form,
        count=desk.events_by_venue().get(found.id, 0),
        meanwhile=seen_by(form, meanwhile, "venue", found.id),
    )
