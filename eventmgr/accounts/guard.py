"""Stands before the desk: knows the cookie, lets organisers in, sends others to sign in."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from flask import Response, g, redirect, request, session, url_for

from eventmgr.accounts import sessions
from eventmgr.accounts.sessions import Organiser
from eventmgr.db import transaction
from eventmgr.settings import current_settings
from eventmgr.web.headers import SAFE_METHODS

DESK = "/manage/"


def cookie_name() -> str:
    """Return the cookie's name; the prefix makes browsers refuse it from any other host or path."""
    return "__Host-signed_in" if current_settings().cookie_secure else "signed_in"


def current_account() -> Organiser | None:
    """Return who is signed in; asks the database once a request, and only where this is called."""
    if "organiser" not in g:
        token = sent_token()
        g.organiser = sessions.organiser_of(token) if token else None
    organiser: Organiser | None = g.organiser
    return organiser


def require_organiser() -> Any:  # noqa: ANN401 - a redirect or nothing, as the gate expects
    """Let a signed-in organiser in and note who acts; anybody else is sent to sign in."""
    organiser = current_account()
    if organiser is None:
        return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
    g.actor = organiser.actor
    if request.method not in SAFE_METHODS and organiser.is_due_to_be_seen:
        with transaction():
            sessions.touch(organiser.session_id)
    return None


def _way_back() -> str:
    """Return the page that was asked for; what a form sent cannot be sent again after a sign-in."""
    if request.method not in SAFE_METHODS:
        return DESK
    return request.full_path.removesuffix("?")


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its token; Lax, because a link in a mail to the desk shall work."""
    session.pop("csrf_token", None)  # a form token from before belongs to nobody any more
    response.set_cookie(
        cookie_name(),
        token,
        max_age=sessions.LONGEST,
        path="/",
        secure=current_settings().cookie_secure,
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: Response) -> None:
    """Take the token from the browser."""
    session.clear()
    response.delete_cookie(
        cookie_name(), path="/", secure=current_settings().cookie_secure, httponly=True
    )


def sent_token() -> str:
    """Return the token that the browser sent, empty where there is none."""
    return request.cookies.get(cookie_name(), "")


def network() -> str:
    """Return the network that asks: one IPv4 address, or the /64 that a household gets of IPv6."""
    sent = request.remote_addr or ""
    try:
        address = ip_address(sent)
    except ValueError:  # a Unix socket has none, a proxy may send anything
        return sent
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))
    return str(address)
