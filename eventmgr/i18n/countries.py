"""Countries by their names in the reader's language."""

from functools import lru_cache

from babel import Locale

from eventmgr.i18n.languages import language


def countries() -> list[tuple[str, str]]:
    """Return code (ISO 3166-1 alpha-2) and name of all countries, by name."""
    return _by_name(language())


@lru_cache(maxsize=8)
def _by_name(code: str) -> list[tuple[str, str]]:
    names = Locale.parse(code).territories
    found = [(c, n) for c, n in names.items() if c.isalpha() and len(c) == 2 and c not in _NONE]
    return sorted(found, key=lambda country: country[1].casefold())


_NONE = frozenset({"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ"})
"""Unions, made-up languages' lands and codes that are not of the standard."""
