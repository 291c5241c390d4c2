"""What people see of registration: the sign-up form, their personal page, the page of the QR.

None of these pages sets or reads a cookie other than the chosen language. `/my/<token>` is for
whoever holds the link in the letter: it is never cached, indexed or named to other sites.
"""

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.accounts import tries
from eventmgr.accounts.guard import network
from eventmgr.db import transaction
from eventmgr.i18n import language
from eventmgr.registration import feeds, forms, letters, pages, policy, queries, service
from eventmgr.registration.errors import SignUpClosed, TooManySignUps
from eventmgr.web.access import attendee, public
from eventmgr.web.page_cache import cached_page

bp = Blueprint("registration", __name__)

WRONG_ENTRIES = 422
CLOSED = 409
TOO_MANY = 429
PERSONAL = ("/my/", "/T/", "/t/")


@bp.after_request
def keep_private(response: Response) -> Response:
    """Keep pages that hold a secret in their address out of caches, indexes and referrers."""
    if request.path.startswith(PERSONAL):
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.route("/events/<slug>/sign-up", methods=["GET", "POST"])
@public
def sign_up(slug: str) -> ResponseReturnValue:
    """Show the form, or why there is none; take what was filled in.

    The answer to a complete form is the same for everybody: whether the address was known before,
    and whether it got a place or a position in the line, is told in the letter and on the personal
    page only. Otherwise one could ask this page who has signed up.
    """
    return _take(slug) if request.method == "POST" else _form(slug)


@cached_page
def _form(slug: str) -> ResponseReturnValue:
    event = queries.event_to_sign_up_for(slug) or abort(404)
    return pages.form_page(event, forms.sign_up_form(event, queries.questions_of(event.id)))


def _take(slug: str) -> ResponseReturnValue:
    event = queries.event_to_answer(slug) or abort(404)
    form = forms.sign_up_form(event, queries.questions_of(event.id), request.form)
    if not form.validate():
        return pages.form_page(queries.event_with_place(event.id), form), WRONG_ENTRIES
    try:
        with transaction():
            _count_sign_up()
            service.sign_up(event, form.answers(), language=language())
    except SignUpClosed:
        event = queries.event_to_sign_up_for(slug) or abort(404)
        return pages.form_page(event, form, is_refused=True), CLOSED
    except TooManySignUps as error:
        event = queries.event_to_sign_up_for(slug) or abort(404)
        page = pages.form_page(event, form, wait=error.wait)
        return page, TOO_MANY, {"Retry-After": str(error.wait)}
    return redirect(url_for(".done", slug=slug), 303)


def _count_sign_up() -> None:
    wait = tries.count_sign_up(network())
    if wait:
        raise TooManySignUps(wait)


@bp.get("/events/<slug>/sign-up/done")
@public
@cached_page
def done(slug: str) -> ResponseReturnValue:
    """Say what happens next: look into your mailbox."""
    return pages.done_page(queries.event_to_sign_up_for(slug) or abort(404))


@bp.get("/my/<token>")
@attendee
def my(token: str) -> ResponseReturnValue:
    """Show where the registration stands, with the ticket if there is one."""
    return pages.personal_page(queries.registration_by_token(token) or abort(404))


@bp.post("/my/<token>/confirm")
@attendee
def confirm(token: str) -> ResponseReturnValue:
    """Take the address for the person's own and show the ticket at once."""
    with transaction():
        service.confirm(queries.registration_by_token(token) or abort(404))
    return pages.personal_page(queries.registration_by_token(token) or abort(404))


@bp.get("/my/<token>/confirm")
@attendee
def confirmed(token: str) -> ResponseReturnValue:
    """Lead who reloads the ticket, or changes its language, to its own address."""
    return redirect(url_for(".my", token=token), 303)


@bp.route("/my/<token>/details", methods=["GET", "POST"])
@attendee
def details(token: str) -> ResponseReturnValue:
    """Let people correct what they told us."""
    registration = queries.registration_by_token(token) or abort(404)
    if not policy.may_change(registration):
        return redirect(url_for(".my", token=token), 303)
    questions = queries.questions_of(registration.event_id)
    typed = request.form if request.method == "POST" else None
    with pages.in_language_of(registration):
        form = forms.details_form(registration.event, questions, registration, typed)
        if typed is None:
            return pages.details_page(registration, form)
        if not form.validate():
            return pages.details_page(registration, form), WRONG_ENTRIES
    with transaction():
        service.change_details(registration, form.answers())
    return redirect(url_for(".my", token=token), 303)


@bp.route("/my/<token>/cancel", methods=["GET", "POST"])
@attendee
def cancel(token: str) -> ResponseReturnValue:
    """Ask whether the place, or the position in the line, shall be given free, and do it."""
    registration = queries.registration_by_token(token) or abort(404)
    if policy.may_cancel(registration):
        if request.method == "GET":
            return pages.cancel_page(registration)
        with transaction():
            service.cancel(registration)
    return redirect(url_for(".my", token=token), 303)


@bp.post("/my/<token>/feed")
@attendee
def renew_feed(token: str) -> ResponseReturnValue:
    """Give the person's calendar another address, or its first one."""
    with transaction():
        feeds.renew_key(queries.registration_by_token(token) or abort(404))
    return redirect(url_for(".my", token=token, _anchor="feed"), 303)


@bp.post("/my/<token>/feed/stop")
@attendee
def stop_feed(token: str) -> ResponseReturnValue:
    """Take the address of the person's calendar out of use."""
    with transaction():
        feeds.stop_feed(queries.registration_by_token(token) or abort(404))
    return redirect(url_for(".my", token=token, _anchor="feed"), 303)


@bp.get("/my/<token>/event.ics")
@attendee
def calendar(token: str) -> ResponseReturnValue:
    """Send the entry for the person's calendar; who has no ticket learns why on the page."""
    registration = queries.registration_by_token(token) or abort(404)
    if not policy.has_ticket(registration):
        return redirect(url_for(".my", token=token), 303)
    with pages.in_language_of(registration):
        response = Response(letters.calendar_of(registration))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8; method=PUBLISH"
    response.headers["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response


@bp.get("/T/<code>")
@bp.get("/t/<code>")
@attendee
def ticket(code: str) -> ResponseReturnValue:
    """Show what a phone's own camera opens: the event, and no name."""
    registration = queries.registration_by_code(code) or abort(404)
    return pages.ticket_page(registration)
