"""Passwords: which ones are taken, how they are stored and compared. The only door to argon2."""

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from eventmgr.accounts import tokens
from eventmgr.accounts.errors import PasswordTellsWord, PasswordTooLong, PasswordTooShort

SHORTEST = 12
LONGEST = 256
SHORTEST_WORD = 4
"""Shorter parts of a name occur in any sentence."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id at about 20 ms; the library's own default costs five times that on a small machine."""


def check_password(password: str, *, known_words: Iterable[str]) -> None:
    """Raise WeakPassword where it is too short, too long, or contains a word that others know.

    Nothing is asked about capitals, digits or signs: length guards better, and is remembered.
    """
    if len(password) < SHORTEST:
        raise PasswordTooShort(f"a password needs at least {SHORTEST} characters")
    if len(password) > LONGEST:
        raise PasswordTooLong(f"a password has at most {LONGEST} characters")
    folded = password.casefold()
    for word in known_words:
        if len(word) >= SHORTEST_WORD and word.casefold() in folded:
            raise PasswordTellsWord(word)


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether it is the password; takes as long where there is none, so time tells nobody."""
    try:
        _hasher.verify(stored or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether it was stored with a cost that is no longer ours."""
    return _hasher.check_needs_rehash(stored)


@cache
def _decoy() -> str:
    return hashed(tokens.new_token())
