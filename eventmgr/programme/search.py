"""How texts are compared in searches: without case, accents or punctuation."""

import unicodedata

_EXTRA = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """Return the text as it is stored for searching and as a query is compared with it."""
    lower = text.casefold().translate(_EXTRA)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() or c in "@.-_" else " " for c in plain).split())


def like_pattern(query: str) -> str:
    r"""Return the LIKE pattern (escape character `\`) that finds the folded query anywhere."""
    escaped = folded(query).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
