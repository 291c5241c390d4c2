"""Pages to sign in, to sign out and to change one's password."""

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from eventmgr.accounts import guard, service, sessions, tries
from eventmgr.accounts.errors import WeakPassword
from eventmgr.accounts.forms import ChangePasswordForm, SignInForm
from eventmgr.accounts.sessions import Organiser
from eventmgr.db import transaction
from eventmgr.i18n import _
from eventmgr.web.access import organiser, public
from eventmgr.web.redirects import local_target

bp = Blueprint("accounts", __name__, url_prefix="/account")


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    return render_template("accounts/sign_in.html", form=SignInForm(), problem="", target=_target())


@bp.post("/sign-in")
@public
def open_account() -> ResponseReturnValue:
    """Sign in with a password."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_again(form, "", 422)
    email, password = form.answers()
    wait = _count_try(email)
    if wait:
        return _sign_in_again(form, _too_many(wait), 429, {"Retry-After": str(wait)})
    account_id = service.account_with_password(email, password)
    if account_id is None:
        return _sign_in_again(form, _("Address and password do not belong together."), 422)
    with transaction():
        tries.forget_try(account=service.address_key(email), network=guard.network())
        sessions.close_session(guard.sent_token())
        token = service.sign_in(account_id, agent=_agent(), password=password)
    return _signed_in(token, _target())


def _count_try(email: str) -> int:
    """Count in a transaction of its own, before the password is looked at (see ADR 0003)."""
    with transaction():
        return tries.count_try(account=service.address_key(email), network=guard.network())


def _too_many(wait: int) -> str:
    return _("Too many tries. Wait %(seconds)s seconds, then try again.", seconds=wait)


def _sign_in_again(
    form: SignInForm, problem: str, code: int, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", form=form, problem=problem, target=_target())
    return page, code, headers or {}


@bp.get("/sign-in/<token>")
@public
def look_at_link(token: str) -> ResponseReturnValue:
    """Show the button that opens a one-time link; a mail scanner that looks at it opens nothing."""
    if not service.is_link_usable(token):
        return render_template("accounts/link_used.html"), 410
    return render_template("accounts/link.html", token=token)


@bp.post("/sign-in/<token>")
@public
def open_link(token: str) -> ResponseReturnValue:
    """Sign in with a one-time link; of several at once the first is let in."""
    with transaction():
        account_id = service.spend_link(token)
        if account_id is not None:
            sessions.close_session(guard.sent_token())
            session_token = service.sign_in(account_id, agent=_agent())
    if account_id is None:
        return render_template("accounts/link_used.html"), 410
    return _signed_in(session_token, guard.DESK)


@bp.post("/sign-out")
@organiser
def sign_out() -> ResponseReturnValue:
    """End this browser's session, also for whoever has copied its cookie."""
    with transaction():
        sessions.close_session(guard.sent_token())
    response = make_response(redirect(url_for(".sign_in"), 303))
    guard.clear_cookie(response)
    return response


@bp.get("/password")
@organiser
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    form = ChangePasswordForm(has_password=service.has_password(_me().account_id))
    return render_template("accounts/password.html", form=form)


@bp.post("/password")
@organiser
def change_password() -> ResponseReturnValue:
    """Change the own password; other browsers are signed out."""
    me = _me()
    form = ChangePasswordForm(has_password=service.has_password(me.account_id))
    if not form.validate() or not _proves_itself(form, me):
        return render_template("accounts/password.html", form=form), 422
    try:
        with transaction():
            service.change_password(me.account_id, form.new.data or "")
            tries.forget_try(account=me.email, network=guard.network())
            token = service.sign_in(me.account_id, agent=_agent())
    except WeakPassword as problem:
        form.refuse(problem)
        return render_template("accounts/password.html", form=form), 422
    flash(_("Your password is changed. Other browsers are signed out."), "success")
    return _signed_in(token, guard.DESK)


def _proves_itself(form: ChangePasswordForm, me: Organiser) -> bool:
    """Whether the present password is right, each try counted as at sign-in."""
    if "present" not in form:
        return True
    wait = _count_try(me.email)
    if wait:
        form.present.errors = [*form.present.errors, _too_many(wait)]
        return False
    if service.account_with_password(me.email, form.present.data or "") is None:
        form.present.errors = [*form.present.errors, _("This is not your password so far.")]
        return False
    return True


def _me() -> Organiser:
    return guard.current_account() or abort(403)


def _target() -> str:
    return local_target(request.args.get("next", ""), guard.DESK)


def _agent() -> str:
    return request.headers.get("User-Agent", "")


def _signed_in(token: str, target: str) -> ResponseReturnValue:
    response = make_response(redirect(target, 303))
    guard.set_cookie(response, token)
    return response
