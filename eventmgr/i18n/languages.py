"""Which language a reader gets, and organisers' texts in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from flask import g, has_app_context, has_request_context, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = {"de": "Deutsch", "en": "English", "fr": "Français", "nl": "Nederlands"}
DEFAULT = "de"
COOKIE = "language"


def language() -> str:
    """Return the language of the page or letter that is being written."""
    known: str | None = g.get("language") if has_app_context() else None
    if known:
        return known
    if not has_request_context():
        return DEFAULT
    chosen = request.cookies.get(COOKIE, "")
    found = chosen if chosen in LANGUAGES else _accepted(request.headers.get("Accept-Language", ""))
    g.language = found
    return found


def address_language() -> str:
    """Return the language that the address itself names (`?language=en`), else the default.

    For feeds: whoever shares the address shares the language, whatever else a request says.
    """
    named = request.args.get("language", "")
    return named if named in LANGUAGES else DEFAULT


@lru_cache(maxsize=512)
def _accepted(header: str) -> str:
    wanted = parse_accept_header(header, LanguageAccept)
    return wanted.best_match(list(LANGUAGES), DEFAULT) or DEFAULT


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write everything inside in that language, whoever asked; used for letters and papers."""
    code = code if code in LANGUAGES else DEFAULT
    before = g.get("language")
    g.language = code
    try:
        yield
    finally:
        if before is None:
            g.pop("language", None)
        else:
            g.language = before


def say_lang(content: dict[str, str] | None) -> str:
    """Return the language in which `say` would answer."""
    wanted = language()
    if not content:
        return wanted
    order = (wanted, "de", "en", *content) if wanted == "de" else (wanted, "en", "de", *content)
    return next((code for code in order if content.get(code)), wanted)


def say(content: dict[str, str] | None) -> str:
    """Return an organiser's text in the reader's language, or in the nearest there is."""
    return content.get(say_lang(content), "") if content else ""
