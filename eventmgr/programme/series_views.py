"""The office's pages of series: list, create, edit."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.programme import desk, edits, queries, service
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.fields import seen_by
from eventmgr.programme.series_forms import SeriesForm, stored_values
from eventmgr.web.access import organiser

bp = Blueprint("series_manage", __name__, url_prefix="/manage/series")


@bp.get("")
@organiser
def all_series() -> ResponseReturnValue:
    """List the series."""
    return render_template(
        "programme/manage/all_series.html",
        found=queries.all_series(),
        counts=desk.events_by_series(),
    )


@bp.get("/new")
@organiser
def new_series() -> ResponseReturnValue:
    """Ask for a new series."""
    return render_template("programme/manage/new_series.html", form=SeriesForm())


@bp.post("/new")
@organiser
def create_series() -> ResponseReturnValue:
    """Create a series."""
    form = SeriesForm()
    if not form.validate():
        return render_template("programme/manage/new_series.html", form=form), 422
    with transaction():
        slug = service.save_series(None, **form.values()).slug
    flash(_("The series is stored. Now it can have events."), "success")
    return redirect(url_for(".edit_series", slug=slug), 303)


@bp.get("/<slug>")
@organiser
def edit_series(slug: str) -> ResponseReturnValue:
    """Show what is stored of a series, to be changed."""
    found = queries.series_by_slug(slug) or abort(404)
    seen = {"seen": edits.last_seen("series", found.id)}
    return _edit_page(slug, SeriesForm(data={**stored_values(found), **seen}))


@bp.post("/<slug>")
@organiser
def save_series(slug: str) -> ResponseReturnValue:
    """Change what is stored of a series."""
    form = SeriesForm()
    if not form.validate():
        return _edit_page(slug, form), 422
    try:
        with transaction():
            _save(slug, form)
    except ChangedMeanwhile as meanwhile:
        return _edit_page(slug, form, meanwhile), 409
    flash(_("The changes are stored."), "success")
    return redirect(url_for(".edit_series", slug=slug), 303)


def _save(slug: str, form: SeriesForm) -> None:
    found = desk.series_to_change(slug) or abort(404)
    values = form.values()
    if edits.is_change(found, values):
        edits.ensure_unchanged("series", found.id, form.seen.data)
        service.save_series(found, **values)


def _edit_page(slug: str, form: SeriesForm, meanwhile: ChangedMeanwhile | None = None) -> str:
    found = queries.series_by_slug(slug) or abort(404)
    return render_template(
        "programme/manage/edit_series.html",
        series=found,
        form=form,
        count=desk.events_by_series().get(found.id, 0),
        meanwhile=seen_by(form, meanwhile, "series", found.id),
    )
