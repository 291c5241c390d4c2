"""The secrets of a registration: what the QR carries, the personal page, the personal feed."""

from eventmgr.accounts import tokens
from eventmgr.registration.models import FeedKey, Registration
from eventmgr.settings import current_settings


def ticket_code(registration: Registration) -> str:
    """Return the code of the ticket: it lets its bearer in, and nothing else."""
    return ticket_code_of(registration.nonce)


def ticket_code_of(nonce: str) -> str:
    """Return the ticket code that belongs to a nonce."""
    return tokens.derive("ticket", nonce)


def personal_token(registration: Registration) -> str:
    """Return the token of the personal page: it allows to change and to cancel."""
    return personal_token_of(registration.nonce)


def personal_token_of(nonce: str) -> str:
    """Return the personal token that belongs to a nonce."""
    return tokens.derive("my", nonce)


def feed_token(key: FeedKey) -> str:
    """Return the token of the personal feed."""
    return tokens.derive("feed", key.nonce)


def qr_text(code: str) -> str:
    """Return what the QR carries: upper case, so that it fits the alphanumeric mode (ISO/IEC 18004)."""
    return f"{current_settings().public_url}/T/{code}".upper()


def personal_address(registration: Registration) -> str:
    """Return the address of the personal page, as printed in letters."""
    return f"{current_settings().public_url}/my/{personal_token(registration)}"


def feed_address(key: FeedKey) -> str:
    """Return the address of the personal feed."""
    return f"{current_settings().public_url}/calendars/my/{feed_token(key)}.ics"
