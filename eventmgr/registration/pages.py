"""Puts together what the pages of sign-up and of a registration show."""

from contextlib import AbstractContextManager

from flask import render_template, request

from eventmgr import qr
from eventmgr.clock import now
from eventmgr.i18n import COOKIE, LANGUAGES, in_language
from eventmgr.programme.models import Event
from eventmgr.programme.states import has_own_time, sign_up_state
from eventmgr.registration import policy, queries, secrets
from eventmgr.registration.forms import DetailsForm, SignUpForm
from eventmgr.registration.models import Registration
from eventmgr.settings import current_settings


def form_page(event: Event, form: SignUpForm, *, is_refused: bool = False, wait: int = 0) -> str:
    """Return the page with the form, or with the reason why there is none at the moment.

    Whoever sent the form in vain is told that nothing of it is stored, or in how many seconds to
    send it again.
    """
    return render_template(
        "registration/sign_up.html",
        event=event,
        form=form,
        is_refused=is_refused,
        minutes=-(-wait // 60),
        state=sign_up_state(event, now()),
        has_own_time=has_own_time(event),
        hold_hours=_hold_hours(),
    )


def done_page(event: Event) -> str:
    """Return the page that says what happens next, the same one for everybody.

    It says of the event that it is full, not of the reader whether there is a place.
    """
    return render_template("registration/done.html", event=event, hold_hours=_hold_hours())


def _hold_hours() -> int:
    return round(current_settings().hold.total_seconds() / 3600)


def personal_page(registration: Registration) -> str:
    """Return the page of the link in the letter: where the registration stands, and the ticket."""
    has_ticket = policy.has_ticket(registration)
    key = queries.live_feed_key(registration.id) if has_ticket else None
    is_waiting = policy.standing(registration) is policy.Standing.WAITING
    return _personal(
        "my",
        registration,
        symbol=_symbol_of(registration) if has_ticket else None,
        short_code=secrets.readable(registration.short_code),
        feed=secrets.feed_address(key) if key else None,
        position=queries.waiting_position(registration) if is_waiting else None,
    )


def _symbol_of(registration: Registration) -> dict[str, str]:
    """Return the QR of the ticket as SVG: the box that shows it and the path of its modules."""
    text = secrets.qr_text(secrets.ticket_code(registration))
    symbol = qr.symbol(text, registration.qr_mask)
    return {"view_box": symbol.view_box, "path": qr.as_svg_path(symbol)}


def details_page(registration: Registration, form: DetailsForm) -> str:
    """Return the form with what the person told us."""
    return _personal("details", registration, form=form)


def cancel_page(registration: Registration) -> str:
    """Return the question whether the place shall be given free."""
    return _personal("cancel", registration)


def _personal(name: str, registration: Registration, **more: object) -> str:
    """Return a page whose address holds the token, and whose links do."""
    token = secrets.personal_token(registration)
    group = current_settings().group(registration.group)
    return _page(name, registration, token=token, group=group, **more)


def ticket_page(registration: Registration) -> str:
    """Return what the ticket's code leads to; it knows neither the name nor the token."""
    return _page("ticket", registration)


def _page(name: str, registration: Registration, **more: object) -> str:
    event = registration.event
    with in_language_of(registration):
        return render_template(
            f"registration/{name}.html",
            registration=registration,
            event=event,
            standing=policy.standing(registration),
            policy=policy,
            has_own_time=has_own_time(event),
            **more,
        )


def in_language_of(registration: Registration) -> AbstractContextManager[None]:
    """Write in the language of the letter, unless another was chosen in this browser."""
    chosen = request.cookies.get(COOKIE, "")
    return in_language(chosen if chosen in LANGUAGES else registration.language)
