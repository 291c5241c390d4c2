"""The office's pages of an event's registrations: find, add, change, cancel, save as a file."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.mail import service as mail
from eventmgr.registration import desk, export, manage_forms, queries, secrets, service, words
from eventmgr.registration.queries import RegistrationFilters
from eventmgr.settings import current_settings
from eventmgr.web.access import organiser
from eventmgr.web.paging import Paging, asked_page, asked_text

bp = Blueprint("registration_manage", __name__, url_prefix="/manage/events/<slug>/registrations")

ID = "int(max=2147483647)"


@bp.get("")
@organiser
def registrations(slug: str) -> ResponseReturnValue:
    """List the people of an event that pass the filters, by name."""
    event = desk.event_on_desk(slug) or abort(404)
    filters, page = _filters(), asked_page()
    found, total = queries.find_registrations(event.id, filters, page=page)
    return render_template(
        "registration/manage/registrations.html",
        event=event,
        found=found,
        paging=Paging(page, total),
        filters=filters,
        asked={name: value for name, value in vars(filters).items() if value},
        counts=desk.counts(event),
        may_add=desk.may_add(event),
        status_names=words.STATUS_NAMES,
        group_name=words.group_name,
        readable=secrets.readable,
        groups=current_settings().groups,
        now=now(),
    )


def _filters() -> RegistrationFilters:
    return RegistrationFilters(*(asked_text(name) for name in ("q", "status", "group")))


@bp.get("/export.csv")
@organiser
def export_csv(slug: str) -> Response:
    """Return the people that pass the filters as a file; needs only where they are asked for."""
    event = desk.event_on_desk(slug) or abort(404)
    content = export.as_csv(
        event,
        queries.all_registrations(event.id, _filters()),
        queries.questions_of(event.id),
        with_needs=request.args.get("needs") == "1",
    )
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    return response


@bp.get("/add")
@organiser
def add(slug: str) -> ResponseReturnValue:
    """Ask who shall have a place."""
    event = desk.event_on_desk(slug) or abort(404)
    form = manage_forms.add_form(event, queries.questions_of(event.id))
    return _add_page(slug, form)


@bp.post("/add")
@organiser
def add_person(slug: str) -> ResponseReturnValue:
    """Give somebody a place without asking for a confirmation, or put them in the line."""
    event = desk.event_on_desk(slug) or abort(404)
    if not desk.may_add(event):
        abort(409)
    form = manage_forms.add_form(event, queries.questions_of(event.id))
    if not form.validate():
        return _add_page(slug, form), 422
    email, language = form.email.data or "", form.language.data
    answers = form.answers_of(email)
    with transaction():
        added = service.add(event, answers, language=language, is_confirmed=True)
        added_id, is_waiting = (added.id, not added.holds_place) if added else (None, False)
    if added_id is None:
        return _add_page(slug, form, known_email=email), 422
    if is_waiting:
        flash(_("All places are taken: %(name)s is on the waiting list.", name=answers.name))
    else:
        flash(
            _("%(name)s has a place, and the ticket is on its way.", name=answers.name), "success"
        )
    return redirect(url_for(".registration", slug=slug, registration_id=added_id), 303)


def _add_page(slug: str, form: manage_forms.AddPersonForm, *, known_email: str = "") -> str:
    """Render the form, with the way to whoever has the address already."""
    event = desk.event_on_desk(slug) or abort(404)
    known = None
    if known_email:
        known = queries.registration_of(event.id, service.email_key(known_email))
        form.email.errors = [_("Somebody is registered with this address already.")]
    return render_template(
        "registration/manage/add.html",
        event=event,
        form=form,
        known=known,
        may_add=desk.may_add(event),
        is_full=event.places_left <= 0,
    )


@bp.get(f"/<{ID}:registration_id>")
@organiser
def registration(slug: str, registration_id: int) -> ResponseReturnValue:
    """Show one person's registration with its history and letters."""
    event = desk.event_on_desk(slug) or abort(404)
    found = queries.registration_of_event(event.id, registration_id) or abort(404)
    changes = history.changes_of("registration", found.id)
    return render_template(
        "registration/manage/registration.html",
        event=event,
        person=found,
        position=desk.position_in_line(found),
        questions=queries.questions_of(event.id),
        changes=changes,
        actor_name=history.actor_names(changes),
        letters=mail.letters(about=f"registration:{found.id}"),
        status_name=words.status_name,
        change_name=words.change_name,
        group_name=words.group_name,
        readable=secrets.readable,
        now=now(),
    )


@bp.get(f"/<{ID}:registration_id>/change")
@organiser
def change(slug: str, registration_id: int) -> ResponseReturnValue:
    """Show what is stored of a person, to be corrected."""
    event = desk.event_on_desk(slug) or abort(404)
    found = queries.registration_of_event(event.id, registration_id) or abort(404)
    form = manage_forms.change_form(event, queries.questions_of(event.id), found)
    return render_template("registration/manage/change.html", event=event, person=found, form=form)


@bp.post(f"/<{ID}:registration_id>/change")
@organiser
def change_person(slug: str, registration_id: int) -> ResponseReturnValue:
    """Correct what is stored of a person."""
    event = desk.event_on_desk(slug) or abort(404)
    found = queries.registration_of_event(event.id, registration_id) or abort(404)
    form = manage_forms.change_form(event, queries.questions_of(event.id), found)
    if not form.validate():
        page = "registration/manage/change.html"
        return render_template(page, event=event, person=found, form=form), 422
    with transaction():
        changed = queries.registration_by_id(registration_id)
        service.change_details(changed, form.answers_of(changed.email, changed))
    flash(_("The details are changed."), "success")
    return redirect(url_for(".registration", slug=slug, registration_id=registration_id), 303)


@bp.get(f"/<{ID}:registration_id>/cancel")
@organiser
def cancel(slug: str, registration_id: int) -> ResponseReturnValue:
    """Ask for the reason, and say what a cancellation does."""
    event = desk.event_on_desk(slug) or abort(404)
    found = queries.registration_of_event(event.id, registration_id) or abort(404)
    return render_template(
        "registration/manage/cancel.html",
        event=event,
        person=found,
        form=manage_forms.CancelPersonForm(),
    )


@bp.post(f"/<{ID}:registration_id>/cancel")
@organiser
def cancel_person(slug: str, registration_id: int) -> ResponseReturnValue:
    """End a registration; the place goes to the first in line."""
    event = desk.event_on_desk(slug) or abort(404)
    found = queries.registration_of_event(event.id, registration_id) or abort(404)
    form = manage_forms.CancelPersonForm()
    if not form.validate():
        page = "registration/manage/cancel.html"
        return render_template(page, event=event, person=found, form=form), 422
    name = found.name
    with transaction():
        ended = queries.registration_by_id(registration_id)
        was_active = service.cancel(ended, reason=(form.reason.data or "").strip())
    if was_active:
        flash(
            _("The registration of %(name)s has ended, and a letter says so.", name=name), "success"
        )
    else:
        flash(_("The registration of %(name)s had ended before.", name=name))
    return redirect(url_for(".registration", slug=slug, registration_id=registration_id), 303)
