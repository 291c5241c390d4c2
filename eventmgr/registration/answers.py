"""What somebody filled in, and the columns it becomes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventmgr import qr
from eventmgr.accounts import tokens
from eventmgr.programme.search import folded
from eventmgr.registration import secrets


@dataclass(frozen=True)
class Answers:
    """What somebody filled in at sign-up."""

    name: str
    email: str
    organisation: str = ""
    group: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    diet: str = ""
    assistance: str = ""
    consents: tuple[str, ...] = ()


def email_key(email: str) -> str:
    """Return the form in which two addresses are the same person's."""
    return email.strip().casefold()


def new_row(answers: Answers, *, language: str, at: datetime) -> dict[str, Any]:
    """Return the columns of a new registration that do not depend on its event."""
    nonce = tokens.new_nonce()
    code = secrets.ticket_code_of(nonce)
    return {
        "nonce": nonce,
        "code_digest": tokens.digest(code),
        "token_digest": tokens.digest(secrets.personal_token_of(nonce)),
        "short_code": tokens.new_short_code(),
        "qr_mask": qr.best_mask(secrets.qr_text(code)),
        "language": language,
        "created_at": at,
        "cancel_reason": "",
        "calendar_revision": 0,
        **columns_of(answers, at),
    }


def columns_of(answers: Answers, at: datetime) -> dict[str, Any]:
    """Return the columns for what the person told us; consents keep the time they were given."""
    email = answers.email.strip()
    return {
        "name": answers.name,
        "email": email,
        "email_key": email_key(email),
        "organisation": answers.organisation,
        "group": answers.group,
        "answers": answers.answers,
        "diet": answers.diet,
        "assistance": answers.assistance,
        "consents": {name: at.isoformat() for name in answers.consents},
        "search_text": folded(f"{answers.name} {answers.organisation} {email}"),
    }
