"""The way in: landing page, the pages the law asks for, the report of a barrier."""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.db import transaction
from eventmgr.home import barriers
from eventmgr.home.landing import landing_page
from eventmgr.mail import service as mail
from eventmgr.web.access import public
from eventmgr.web.page_cache import cached_page

bp = Blueprint("home", __name__)

ACCESSIBILITY_TESTED_AT = datetime(2026, 11, 24, tzinfo=UTC)
"""When the statement of accessibility was last checked against the pages."""

PRIVATE_PATHS = ("/my/", "/T/", "/manage", "/door")


@bp.get("/")
@public
@cached_page
def landing() -> ResponseReturnValue:
    """Show what the programme is, what comes next and how to hear of it."""
    return render_template("home/landing.html", **landing_page())


@bp.get("/accessibility")
@public
@cached_page
def accessibility() -> ResponseReturnValue:
    """Show the statement of accessibility, after the model of decision (EU) 2018/1523."""
    return render_template("home/accessibility.html", tested_at=ACCESSIBILITY_TESTED_AT)


@bp.route("/accessibility/report", methods=["GET", "POST"])
@public
def report_barrier() -> ResponseReturnValue:
    """Take the report of a barrier and send it to the office."""
    form = barriers.ReportBarrierForm()
    if form.validate_on_submit():
        with transaction():
            barriers.report(
                what=form.what.data or "",
                page=form.page.data or "",
                email=form.email.data or "",
            )
        return redirect(url_for(".barrier_reported"), 303)
    if request.method == "GET":
        form.page.data = request.args.get("page", "")[: barriers.LONGEST_PAGE]
    return render_template("home/report_barrier.html", form=form), 422 if form.errors else 200


@bp.get("/accessibility/reported")
@public
@cached_page
def barrier_reported() -> ResponseReturnValue:
    """Thank for the report and say what happens next."""
    return render_template("home/barrier_reported.html")


@bp.get("/privacy")
@public
@cached_page
def privacy() -> ResponseReturnValue:
    """Show what is stored of whom, why and for how long (Art. 13 GDPR)."""
    days, failed = mail.KEPT.days, mail.FAILED_KEPT.days
    return render_template("home/privacy.html", days=days, failed=failed)


@bp.get("/imprint")
@public
@cached_page
def imprint() -> ResponseReturnValue:
    """Show who is responsible for these pages."""
    return render_template("home/imprint.html")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Let everything be found but personal and working pages; calendars fetch feeds as robots."""
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS), ""]
    response = Response("\n".join(rules), mimetype="text/plain")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
