"""The texts of the pages in the reader's language: gettext, with English ids.

A page has a hundred of them, so a catalogue is read once and then only looked into; Babel would
ask anew for app, domain and locale each time.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel.speaklater import LazyString
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup

from eventmgr.i18n.languages import language

LOCALES = Path(__file__).parent / "locales"


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(LOCALES, [code])


def gettext(text: str, /, **values: Any) -> str:  # noqa: ANN401 - whatever can be written
    """Return the text in the reader's language, its named placeholders filled."""
    written = _catalogue(language()).gettext(text)
    return written % values if values else written


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:  # noqa: ANN401 - as above
    """Return the text for that number; `%(num)s` stands for it."""
    return _catalogue(language()).ngettext(one, many, num) % {"num": num, **values}


def lazy_gettext(text: str, /, **values: Any) -> LazyString:  # noqa: ANN401 - as above
    """Return the text for later: the language is that of the page on which it is shown."""
    return LazyString(gettext, text, **values)


@pass_eval_context
def _in_template(page: EvalContext, text: str, /, **values: Any) -> str:  # noqa: ANN401 - as above
    written = _catalogue(language()).gettext(text)
    return (Markup(written) if page.autoescape else written) % values  # noqa: S704 - our own text


@pass_eval_context
def _counted_in_template(
    page: EvalContext,
    one: str,
    many: str,
    num: int,
    /,
    **values: Any,  # noqa: ANN401 - as above
) -> str:
    written = _catalogue(language()).ngettext(one, many, num)
    marked = Markup(written) if page.autoescape else written  # noqa: S704 - our own text
    return marked % {"num": num, **values}


def register(app: Flask) -> None:
    """Offer `_` and `ngettext` to templates; there a percent sign is always written `%%`."""
    app.jinja_env.globals.update(_=_in_template, ngettext=_counted_in_template)
