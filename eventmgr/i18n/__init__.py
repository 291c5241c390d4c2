"""Languages: which one a reader gets, texts of the pages, texts that organisers write.

Page texts are gettext messages with English ids. Organisers' texts are dicts by language code and
are shown with `say`, which falls back where a language is missing.
"""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n

from eventmgr.i18n import formats
from eventmgr.i18n.languages import (
    COOKIE,
    DEFAULT,
    LANGUAGES,
    address_language,
    in_language,
    language,
    say,
    say_lang,
)

__all__ = [
    "COOKIE",
    "DEFAULT",
    "LANGUAGES",
    "_",
    "_l",
    "_n",
    "address_language",
    "in_language",
    "init_i18n",
    "language",
    "say",
    "say_lang",
]

_babel = Babel()


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    """Read a catalogue once; Babel would ask anew for app, domain and locale at each text."""
    return Translations.load(formats.LOCALES, [code])


def init_i18n(app: Flask) -> None:
    """Register Babel, the formats as filters and the template globals."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(formats.LOCALES)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    _babel.init_app(app, locale_selector=language)
    environment: Any = app.jinja_env  # the extension that Babel added brings this method
    environment.install_gettext_callables(
        gettext=lambda text: _catalogue(language()).ugettext(text),
        ngettext=lambda one, many, n: _catalogue(language()).ungettext(one, many, n),
        newstyle=True,
    )
    formats.register(app)
    app.jinja_env.globals.update(say=say, say_lang=say_lang, languages=LANGUAGES, language=language)
