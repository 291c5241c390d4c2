"""The words of the pages in each language, from the catalogues that translators fill."""

from collections.abc import Callable
from gettext import translation

from eventmgr.i18n.texts import LOCALES


def words_in(language: str) -> Callable[[str], str]:
    """Return what says an English text in that language."""
    return translation("messages", LOCALES, [language], fallback=True).gettext
