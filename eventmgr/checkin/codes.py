"""What a camera reads, a hardware scanner types or a person enters, understood as a code."""

import re
import unicodedata
from dataclasses import dataclass

from eventmgr.accounts.tokens import BASE32_LENGTH, SHORT_ALPHABET

LONGEST = 500
"""No ticket of ours comes near; whatever is longer is refused before anything is looked up."""
SHORT_LENGTH = 8

_TICKET = f"[A-Z2-7]{{{BASE32_LENGTH}}}"
_BARE = re.compile(_TICKET)
_ADDRESS = re.compile(rf"HTTPS?://[^/\s]+/T/({_TICKET})/?")
_GERMAN_KEYBOARD = re.compile(rf"HTTPS?Ö--\S+-T-({_TICKET})-?")
"""A scanner set to an American keyboard, plugged into a German computer: `:` `/` `Y` `Z` differ."""
_AMERICAN = str.maketrans("YZ", "ZY")
_SHORT = re.compile(rf"[{SHORT_ALPHABET}]{{{SHORT_LENGTH}}}")


@dataclass(frozen=True)
class Code:
    """A code in the form in which it is stored or digested."""

    text: str

    @property
    def is_short(self) -> bool:
        """Whether it is the code that people type, not the one in the QR."""
        return len(self.text) == SHORT_LENGTH


def read(text: str) -> Code | None:
    """Return the code in a text: the whole address, its last 26 characters, or the short code.

    Any case, and spaces or hyphens anywhere in codes that are typed. None if it is not one of ours.
    """
    if len(text) > LONGEST:
        return None
    written = unicodedata.normalize("NFKC", text).strip().upper()
    if match := _ADDRESS.fullmatch(written):
        return Code(match[1])
    if match := _GERMAN_KEYBOARD.fullmatch(written):
        return Code(match[1].translate(_AMERICAN))
    typed = re.sub(r"[\s\-\u2010-\u2015]", "", written)
    is_code = _BARE.fullmatch(typed) or _SHORT.fullmatch(typed)
    return Code(typed) if is_code else None


def could_be_a_name(text: str) -> bool:
    """Whether the text in the one field for names and codes is to be searched for as a name.

    A short code without a digit is one: the search knows short codes as well.
    """
    return len(text) < BASE32_LENGTH and not any(letter.isdigit() for letter in text)
