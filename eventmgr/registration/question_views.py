"""The office's pages of what an event asks of everybody who signs up."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme import desk, edits
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.fields import SeenForm, seen_by
from eventmgr.registration import questions as service
from eventmgr.registration.queries import questions_of
from eventmgr.registration.question_forms import QuestionForm, stored_values
from eventmgr.registration.words import QUESTION_NAMES
from eventmgr.web.access import organiser

bp = Blueprint("questions", __name__, url_prefix="/manage/events/<slug>/questions")

ID = "int(max=2147483647)"


@bp.get("")
@organiser
def questions(slug: str) -> ResponseReturnValue:
    """List the questions with a form for one more."""
    return _list_page(slug, QuestionForm())


@bp.post("")
@organiser
def add_question(slug: str) -> ResponseReturnValue:
    """Add a question."""
    form = QuestionForm()
    if not form.validate():
        return _list_page(slug, form), 422
    with transaction():
        event = desk.event_to_change(slug) or abort(404)
        values = form.values()
        if not service.is_asked(event, values):  # sent twice by a double click
            service.save_question(event, None, **values)
    flash(_("From now on everybody is asked this."), "success")
    return redirect(url_for(".questions", slug=slug), 303)


def _list_page(slug: str, form: QuestionForm) -> str:
    event = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        "registration/questions/questions.html",
        event=event,
        questions=questions_of(event.id),
        kind_names=QUESTION_NAMES,
        form=form,
        order=SeenForm(formdata=None),
    )


@bp.get(f"/<{ID}:question_id>")
@organiser
def question(slug: str, question_id: int) -> ResponseReturnValue:
    """Show a question, to be changed."""
    event = desk.event_with_rooms(slug) or abort(404)
    found = service.question_of(event.id, question_id) or abort(404)
    seen = {"seen": edits.last_seen("event", event.id)}
    return _question_page(slug, question_id, QuestionForm(data={**stored_values(found), **seen}))


@bp.post(f"/<{ID}:question_id>")
@organiser
def save_question(slug: str, question_id: int) -> ResponseReturnValue:
    """Change a question."""
    form = QuestionForm()
    if not form.validate():
        return _question_page(slug, question_id, form), 422
    try:
        with transaction():
            _save(slug, question_id, form)
    except ChangedMeanwhile as meanwhile:
        return _question_page(slug, question_id, form, meanwhile), 409
    flash(_("The changes are stored."), "success")
    return redirect(url_for(".questions", slug=slug), 303)


def _save(slug: str, question_id: int, form: QuestionForm) -> None:
    event = desk.event_to_change(slug) or abort(404)
    found = service.question_of(event.id, question_id) or abort(404)
    if edits.is_change(found, form.values()):
        edits.ensure_unchanged("event", event.id, form.seen.data)
        service.save_question(event, found, **form.values())


def _question_page(
    slug: str, question_id: int, form: QuestionForm, meanwhile: ChangedMeanwhile | None = None
) -> str:
    event = desk.event_with_rooms(slug) or abort(404)
    return render_template(
        "registration/questions/question.html",
        event=event,
        question=service.question_of(event.id, question_id) or abort(404),
        answers=service.count_answers(event.id, question_id),
        form=form,
        removal=SeenForm(formdata=None),
        meanwhile=seen_by(form, meanwhile, "event", event.id),
    )


@bp.post(f"/<{ID}:question_id>/<any(up, down):where>")
@organiser
def move_question(slug: str, question_id: int, where: str) -> ResponseReturnValue:
    """Ask a question earlier or later."""
    if not SeenForm().validate():
        abort(400)
    with transaction():
        event = desk.event_to_change(slug) or abort(404)
        found = service.question_of(event.id, question_id) or abort(404)
        service.move_question(event, found, up=where == "up")
    return redirect(url_for(".questions", slug=slug), 303)


@bp.post(f"/<{ID}:question_id>/remove")
@organiser
def remove_question(slug: str, question_id: int) -> ResponseReturnValue:
    """Ask no longer, and forget the answers."""
    if not SeenForm().validate():
        abort(400)
    with transaction():
        event = desk.event_to_change(slug) or abort(404)
        found = service.question_of(event.id, question_id) or abort(404)
        service.remove_question(event, found)
    flash(_("Nobody is asked this any more, and the answers are deleted."), "success")
    return redirect(url_for(".questions", slug=slug), 303)
