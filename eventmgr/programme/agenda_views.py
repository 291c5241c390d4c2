"""The office's pages of an event's agenda."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme import desk, edits, sessions
from eventmgr.programme.agenda_forms import SessionForm, next_values, stored_values
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.fields import SeenForm, seen_by
from eventmgr.programme.page import agenda as by_day
from eventmgr.programme.words import SESSION_NAMES
from eventmgr.web.access import organiser

bp = Blueprint("agenda_manage", __name__, url_prefix="/manage/events/<slug>/agenda")

ID = "int(max=2147483647)"


@bp.get("")
@organiser
def agenda(slug: str) -> ResponseReturnValue:
    """Show the agenda with a form for one more item."""
    event = desk.event_with_rooms(slug) or abort(404)
    return _agenda_page(slug, SessionForm(event, data=next_values(event)))


@bp.post("")
@organiser
def add_session(slug: str) -> ResponseReturnValue:
    """Add an item."""
    event = desk.event_with_rooms(slug) or abort(404)
    form = SessionForm(event)
    if not form.validate():
        return _agenda_page(slug, form), 422
    with transaction():
        event = desk.event_to_change(slug) or abort(404)
        values = form.values()
        if not sessions.is_on_agenda(event, values):  # sent twice by a double click
            sessions.save_session(event, None, speakers=form.named_speakers(), **values)
    flash(_("The item is on the agenda."), "success")
    return redirect(url_for(".agenda", slug=slug), 303)


def _agenda_page(slug: str, form: SessionForm) -> str:
    event = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        "programme/manage/agenda.html",
        event=event,
        agenda=by_day(event),
        kind_names=SESSION_NAMES,
        form=form,
    )


@bp.get(f"/<{ID}:session_id>")
@organiser
def session(slug: str, session_id: int) -> ResponseReturnValue:
    """Show an item, to be changed."""
    event = desk.event_with_rooms(slug) or abort(404)
    found = sessions.session_of(event, session_id) or abort(404)
    seen = {"seen": edits.last_seen("event", event.id)}
    form = SessionForm(event, data={**stored_values(found, event), **seen})
    form.settle()
    return _session_page(slug, session_id, form)


@bp.post(f"/<{ID}:session_id>")
@organiser
def save_session(slug: str, session_id: int) -> ResponseReturnValue:
    """Change an item."""
    form = SessionForm(desk.event_with_rooms(slug) or abort(404))
    if not form.validate():
        return _session_page(slug, session_id, form), 422
    try:
        with transaction():
            event = desk.event_to_change(slug) or abort(404)
            found = sessions.session_of(event, session_id) or abort(404)
            edits.ensure_unchanged("event", event.id, form.seen.data)
            sessions.save_session(event, found, speakers=form.named_speakers(), **form.values())
    except ChangedMeanwhile as meanwhile:
        return _session_page(slug, session_id, form, meanwhile), 409
    flash(_("The changes are stored."), "success")
    return redirect(url_for(".agenda", slug=slug), 303)


def _session_page(
    slug: str, session_id: int, form: SessionForm, meanwhile: ChangedMeanwhile | None = None
) -> str:
    event = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        "programme/manage/session.html",
        event=event,
        session=sessions.session_of(event, session_id) or abort(404),
        form=form,
        removal=SeenForm(formdata=None),
        meanwhile=seen_by(form, meanwhile, "event", event.id),
    )


@bp.post(f"/<{ID}:session_id>/remove")
@organiser
def remove_session(slug: str, session_id: int) -> ResponseReturnValue:
    """Take an item off the agenda."""
    if not SeenForm().validate():
        abort(400)
    with transaction():
        event = desk.event_to_change(slug) or abort(404)
        sessions.remove_session(event, sessions.session_of(event, session_id) or abort(404))
    flash(_("The item is off the agenda."), "success")
    return redirect(url_for(".agenda", slug=slug), 303)
