"""Changes of an event that people are told of: move it, call it off, offer more or fewer places.

Moving and calling off take two steps: what was typed, then who will be told and what the letter
says. The second page carries everything that was typed, so that nothing is lost on the way.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.i18n import _, _n
from eventmgr.programme import desk, edits
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.errors import CapacityBelowTaken
from eventmgr.programme.fields import SeenForm, seen_by
from eventmgr.programme.manage_forms import stored_values
from eventmgr.registration import event_changes, told
from eventmgr.registration.event_forms import CancelForm, ChangePlacesForm, MoveForm
from eventmgr.web.access import organiser

bp = Blueprint("event_changes", __name__, url_prefix="/manage/events/<slug>")


@bp.get("/move")
@organiser
def move(slug: str) -> ResponseReturnValue:
    """Ask for another time or place, and why."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event)
    form = MoveForm(event, data={**stored_values(event), **_seen(event)})
    form.settle()
    return _page("move", slug, form)


@bp.post("/move")
@organiser
def move_event(slug: str) -> ResponseReturnValue:
    """Show who will be told; once that is confirmed, move the event and tell them."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event)
    form = MoveForm(event)
    if _step() == "edit":
        form.settle()
        return _page("move", slug, form)
    if not form.validate():
        return _page("move", slug, form), 422
    if _step() != "confirm":
        copy = event_changes.moved_copy(event, form.note.content, form.when_where())
        return _preview("move", slug, form, copy, told.moved_samples(copy, event))
    try:
        with transaction():
            event = desk.event_to_change(slug) or abort(404)
            edits.ensure_unchanged("event", event.id, form.seen.data)
            letters = event_changes.move(event, form.note.content, form.when_where())
    except ChangedMeanwhile as meanwhile:
        return _page("move", slug, form, meanwhile), 409
    flash(_("The event has moved."), "success")
    return _back(slug, letters)


@bp.get("/cancel")
@organiser
def cancel(slug: str) -> ResponseReturnValue:
    """Ask why the event is called off."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event, may_be_off=False)
    return _page("cancel", slug, CancelForm(data=_seen(event)))


@bp.post("/cancel")
@organiser
def cancel_event(slug: str) -> ResponseReturnValue:
    """Show who will be told; once that is confirmed, call the event off and tell them."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event, may_be_off=False)
    form = CancelForm()
    if _step() == "edit":
        return _page("cancel", slug, form)
    if not form.validate():
        return _page("cancel", slug, form), 422
    if _step() != "confirm":
        copy = event_changes.cancelled_copy(event, form.note.content)
        return _preview("cancel", slug, form, copy, told.cancelled_samples(copy))
    try:
        with transaction():
            event = desk.event_to_change(slug) or abort(404)
            edits.ensure_unchanged("event", event.id, form.seen.data)
            letters = event_changes.cancel(event, form.note.content)
    except ChangedMeanwhile as meanwhile:
        return _page("cancel", slug, form, meanwhile), 409
    flash(_("The event is called off. It stays visible as cancelled."), "success")
    return _back(slug, letters)


@bp.get("/places")
@organiser
def places(slug: str) -> ResponseReturnValue:
    """Ask how many places there shall be."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event)
    return _page("places", slug, ChangePlacesForm(data={**stored_values(event), **_seen(event)}))


@bp.post("/places")
@organiser
def change_places(slug: str) -> ResponseReturnValue:
    """Change the number of places; who waits moves up at once and gets a letter."""
    event = desk.event_with_rooms(slug) or abort(404)
    _ensure_ahead(event)
    form = ChangePlacesForm()
    if not form.validate():
        return _page("places", slug, form), 422
    try:
        with transaction():
            event = desk.event_to_change(slug) or abort(404)
            if edits.is_change(event, {"capacity": form.capacity.data}):
                edits.ensure_unchanged("event", event.id, form.seen.data)
            promoted = event_changes.change_places(event, form.capacity.data or 0)
    except ChangedMeanwhile as meanwhile:
        return _page("places", slug, form, meanwhile), 409
    except CapacityBelowTaken as taken:
        form.capacity.errors = [_("%(n)s places are taken already.", n=taken.taken)]
        return _page("places", slug, form), 422
    flash(_("The number of places is changed."), "success")
    if promoted:
        flash(
            _n(
                "%(num)s person from the waiting list has a place now, and a letter says so.",
                "%(num)s people from the waiting list have a place now, and a letter says so.",
                promoted,
            )
        )
    return redirect(url_for("programme_manage.event", slug=slug), 303)


def _ensure_ahead(event: Any, *, may_be_off: bool = True) -> None:  # noqa: ANN401 - an Event
    """Refuse what makes no sense: for drafts (edit them), past and some cancelled events."""
    if not event.is_public or event.is_over(now()) or (event.is_cancelled and not may_be_off):
        abort(409)


def _step() -> str:
    """Return which button was pressed: none named on the form, `confirm` or `edit` after it."""
    return request.form.get("step", "")


def _seen(event: Any) -> dict[str, str]:  # noqa: ANN401 - an Event
    return {"seen": edits.last_seen("event", event.id)}


def _page(name: str, slug: str, form: SeenForm, meanwhile: ChangedMeanwhile | None = None) -> str:
    event = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        f"registration/changes/{name}.html",
        event=event,
        form=form,
        told=told.people_told(event.id),
        meanwhile=seen_by(form, meanwhile, "event", event.id),
    )


def _preview(
    name: str,
    slug: str,
    form: SeenForm,
    after: Any,  # noqa: ANN401 - an Event
    samples: list[told.Sample],
) -> str:
    """Show what will happen, with all that was typed to be sent once more or to be changed."""
    typed = [(n, v) for n, v in request.form.items(multi=True) if n not in ("csrf_token", "step")]
    return render_template(
        f"registration/changes/{name}_preview.html",
        event=desk.event_with_rooms(slug) or abort(404),
        after=after,
        form=form,
        typed=typed,
        told=told.people_told(after.id),
        samples=samples,
    )


def _back(slug: str, letters: int) -> ResponseReturnValue:
    if letters:
        flash(
            _n(
                "%(num)s letter is on its way.",
                "%(num)s letters are on their way.",
                letters,
            )
        )
    return redirect(url_for("programme_manage.event", slug=slug), 303)
