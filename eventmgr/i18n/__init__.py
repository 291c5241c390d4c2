"""Languages: which one a reader gets, texts of the pages, texts that organisers write.

Page texts are gettext messages with English ids. Organisers' texts are dicts by language code and
are shown with `say`, which falls back where a language is missing.
"""

from flask import Flask
from flask_babel import Babel

from eventmgr.i18n import formats, texts
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
from eventmgr.i18n.texts import gettext as _
from eventmgr.i18n.texts import lazy_gettext as _l
from eventmgr.i18n.texts import ngettext as _n

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


def init_i18n(app: Flask) -> None:
    """Offer texts and formats to templates; Babel itself is asked by WTForms for its own words."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    Babel(configure_jinja=False).init_app(app, locale_selector=language)
    texts.register(app)
    formats.register(app)
    app.jinja_env.globals.update(say=say, say_lang=say_lang, languages=LANGUAGES, language=language)
