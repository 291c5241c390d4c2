"""A letter as its reader sees it, shown on a page of ours."""

import base64
from dataclasses import dataclass

from flask import Response, abort, render_template
from jinja2 import TemplateError

from eventmgr.i18n import _, _l, in_language
from eventmgr.mail import delivery
from eventmgr.mail.models import OutboxLetter

LETTER_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""Letters bring their own styles; whatever else a text in them might hold stays without effect."""

NAMES = {
    "registration/letters/confirm": _l("Please confirm your address"),
    "registration/letters/confirmed": _l("Ticket"),
    "registration/letters/waitlisted": _l("Place on the waiting list"),
    "registration/letters/promoted": _l("A place fell free"),
    "registration/letters/cancelled": _l("Registration ended"),
    "registration/letters/event_moved": _l("Event moved"),
    "registration/letters/event_cancelled": _l("Event cancelled"),
    "home/letters/barrier": _l("Report of a barrier"),
}


@dataclass(frozen=True)
class Shown:
    """What a page shows of a letter."""

    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    """The text, as lines of paragraphs."""
    problem: str = ""
    """Why the letter cannot be written, empty if it can."""


def letter_name(letter: OutboxLetter) -> str:
    """Return what kind of letter it is, in the reader's language."""
    return str(NAMES.get(letter.template, letter.template))


def subject(letter: OutboxLetter) -> str:
    """Return the subject in the language of the letter, without writing the rest."""
    with in_language(letter.language):
        facts = {**letter.context, "to_name": letter.to_name}
        try:
            line = render_template(f"{letter.template}.subject.txt", **facts)
        except TemplateError:
            return letter_name(letter)
    return " ".join(line.split())


def shown(letter: OutboxLetter) -> Shown:
    """Write the letter for a page; one that cannot be written says why instead."""
    if letter.is_emptied:
        return Shown(letter_name(letter), (), emptied())
    try:
        rendered = delivery.render(letter)
    except TemplateError as error:
        problem = _("This letter cannot be written: %(reason)s", reason=error)
        return Shown(letter_name(letter), (), problem)
    blocks = rendered.text.strip().split("\n\n")
    return Shown(rendered.subject, tuple(tuple(block.splitlines()) for block in blocks))


def emptied() -> str:
    """Return why a letter that went out long ago shows nothing."""
    return _("The text of this letter was deleted, because it held personal links.")


def as_sent(letter: OutboxLetter) -> Response:
    """Return the letter's HTML part as a page that may do nothing but be read."""
    if letter.is_emptied:
        abort(404)
    try:
        html = delivery.render(letter).html
    except TemplateError:
        abort(404)
    for name, png in delivery.pictures(letter).items():
        html = html.replace(f"cid:{name}", _as_address(png))
    response = Response(html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


def _as_address(png: bytes) -> str:
    """Return a picture as an address of its own: a sandboxed page sends no cookie to fetch it."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def calendar_of(letter: OutboxLetter) -> Response | None:
    """Return the calendar part as a file to open, None where the letter has none."""
    if "calendar" not in letter.context:
        return None
    response = Response(letter.context["calendar"], mimetype="text/calendar")
    response.headers["Content-Type"] = (
        f"text/calendar; charset=utf-8; method={letter.context['calendar_method']}"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response
