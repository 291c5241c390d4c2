"""Secrets: made at random and stored hashed, or derived where they must be shown again.

A ticket or personal link must be printable again, yet the database alone must not give it away: it
is derived with HMAC-SHA-256 (RFC 2104) from the installation's secret key and a random `nonce`
stored in the row, and found by its SHA-256.
"""

import base64
import hashlib
import hmac
import secrets

from eventmgr.settings import current_settings

BITS = 128
BASE32_LENGTH = 26
SHORT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0/O, 1/I/L: for codes that are typed by hand."""


def new_nonce() -> str:
    """Return 128 random bits as text."""
    return secrets.token_hex(BITS // 8)


def new_token() -> str:
    """Return a fresh secret for a link that is shown once."""
    return secrets.token_urlsafe(32)


def new_short_code(length: int = 8) -> str:
    """Return a code that a person can read out and type."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _ in range(length))


def derive(purpose: str, nonce: str) -> str:
    """Return the 128-bit secret of that purpose for that row: 26 base32 characters, upper case."""
    key = current_settings().secret_key.encode()
    digest = hmac.digest(key, f"{purpose}:{nonce}".encode(), "sha256")
    return base64.b32encode(digest[: BITS // 8]).decode().rstrip("=")


def digest(token: str) -> str:
    """Return what is stored of a secret that is only compared."""
    return hashlib.sha256(token.encode()).hexdigest()
