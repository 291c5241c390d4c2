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
    return feed_token_of(key.nonce)


def feed_token_of(nonce: str) -> str:
    """Return the feed token that belongs to a nonce."""
    return tokens.derive("feed", nonce)


def readable(short_code: str) -> str:
    """Return the short code in two halves, as people read it out."""
    middle = len(short_code) // 2
    return f"{short_code[:middle]}-{short_code[middle:]}"


def qr_text(code: str) -> str:
    """Return what the QR carries; in upper case it fits the dense alphanumeric mode."""
    return f"{_site()}/T/{code}".upper()


def personal_address(registration: Registration) -> str:
    """Return the address of the personal page, as printed in letters."""
    return f"{_site()}/my/{personal_token(registration)}"


def feed_address(key: FeedKey) -> str:
    """Return the address of the personal feed."""
    return f"{_site()}/calendars/my/{feed_token(key)}.ics"


def _site() -> str:
    return current_settings().public_url
