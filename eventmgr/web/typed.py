"""What was typed, made safe to count with and to store; nothing here knows a form or a page."""

DIGITS = 9
"""So many fit into every database's integer."""


def small_number(text: str | None) -> int | None:
    """Return the number that a few digits write, None for anything else."""
    if not text or len(text) > DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)


def without_controls(text: str) -> str:
    """Leave out control characters but line breaks and tabs: PostgreSQL refuses NUL, paper all."""
    return "".join(c for c in text if (c >= " " and not "\x7f" <= c <= "\x9f") or c in "\r\n\t")
