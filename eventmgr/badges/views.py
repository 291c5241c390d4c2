"""Paper: the badges of an event for the office, the ticket for its holder."""

import re

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventmgr.badges import service
from eventmgr.badges.layouts import DEFAULT, LAYOUTS
from eventmgr.badges.pdf import render_badges, render_ticket
from eventmgr.badges.words import PAPER_NAMES
from eventmgr.programme.queries import event_by_slug
from eventmgr.registration.pages import in_language_of
from eventmgr.registration.policy import has_ticket
from eventmgr.registration.queries import registration_by_token
from eventmgr.web.access import attendee, organiser

bp = Blueprint("badges", __name__)


@bp.get("/manage/events/<slug>/badges")
@organiser
def choose_badges(slug: str) -> ResponseReturnValue:
    """Ask for the paper and tell how many badges there will be."""
    event = event_by_slug(slug) or abort(404)
    badges = service.badges_of(event.id)
    return render_template(
        "badges/choose_badges.html",
        event=event,
        papers=[(name, PAPER_NAMES[name], name == DEFAULT) for name in LAYOUTS],
        count=len(badges),
        gaps=service.names_with_gaps(badges),
    )


@bp.get("/manage/events/<slug>/badges.pdf")
@organiser
def print_badges(slug: str) -> ResponseReturnValue:
    """Send the badges of everybody with a confirmed place, or of one `person`."""
    event = event_by_slug(slug) or abort(404)
    layout = LAYOUTS.get(request.args.get("layout", DEFAULT)) or abort(404)
    only = _asked_person()
    badges = service.badges_of(event.id, only=only)
    if not badges:
        abort(404)
    return _pdf(render_badges(badges, layout), f"{slug}-badges.pdf")


def _asked_person() -> int | None:
    """Return whose badge alone is asked for; a number that cannot be one is nobody's."""
    asked = request.args.get("person")
    if asked is None:
        return None
    return int(asked) if re.fullmatch("[0-9]{1,9}", asked) else abort(404)


@bp.get("/my/<token>/ticket.pdf")
@attendee
def ticket(token: str) -> ResponseReturnValue:
    """Send the ticket; who has none any more, or not yet, learns why on the personal page."""
    registration = registration_by_token(token) or abort(404)
    if not has_ticket(registration):
        return redirect(f"/my/{token}", 303)
    with in_language_of(registration):
        paper = render_ticket(service.ticket_of(registration))
    return _pdf(paper, f"{registration.event.slug}-ticket.pdf")


def _pdf(content: bytes, name: str) -> Response:
    """A PDF that opens in the browser and has a name when it is kept."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
