"""Shapes of what is typed to sign in."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from eventmgr.accounts import passwords
from eventmgr.accounts.errors import PasswordTellsWord, PasswordTooLong, WeakPassword
from eventmgr.i18n import _, _l

TYPED = Length(max=1_000, message=_l("Shorten this."))


class SignInForm(FlaskForm):
    """Address and password; says nothing about which of the two was wrong."""

    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter the e-mail address of your account.")), TYPED],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password.")), TYPED],
        render_kw={"autocomplete": "current-password"},
    )

    def answers(self) -> tuple[str, str]:
        """Return what was typed."""
        return self.email.data or "", self.password.data or ""


class ChangePasswordForm(FlaskForm):
    """The present password, and the new one twice."""

    present = PasswordField(
        _l("Your password so far"),
        [InputRequired(_l("Enter the password that you use now.")), TYPED],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), TYPED],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password once more"),
        [EqualTo("new", _l("This is not the same as above. Type both once more."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *, has_password: bool, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Ask for the present password only where there is one."""
        super().__init__(**kwargs)
        if not has_password:
            del self.present

    def refuse(self, problem: WeakPassword) -> None:
        """Say beside the field what is wrong with the new password."""
        self.new.errors = [*self.new.errors, _sentence(problem)]


def _sentence(problem: WeakPassword) -> str:
    if isinstance(problem, PasswordTellsWord):
        return _("Leave out “%(word)s”: that is what others would try first.", word=problem.word)
    if isinstance(problem, PasswordTooLong):
        return _("Use at most %(count)s characters.", count=passwords.LONGEST)
    return _(
        "Use at least %(count)s characters. Four or five words in a row are easy to remember.",
        count=passwords.SHORTEST,
    )
