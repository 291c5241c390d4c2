"""The translators' catalogues: take new texts in, check that nothing is missing, compile.

English needs no catalogue: the texts in code and templates are English.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "eventmgr" / "i18n" / "locales"
LANGUAGES = ("de", "fr", "nl")
METHODS = [("eventmgr/**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


def extracted() -> Catalog:
    """Return every text that code and templates show."""
    found = Catalog(project="eventmgr", fuzzy=False)
    messages = extract_from_dir(
        ROOT, METHODS, OPTIONS, KEYWORDS, comment_tags=("i18n:",), directory_filter=_is_ours
    )
    for filename, line, text, comments, context in messages:
        found.add(text, None, [(filename, line)], auto_comments=comments, context=context)
    return found


def _is_ours(folder: str) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return parts[0] in ("eventmgr", "templates") and parts[:2] != ("eventmgr", "static")


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def stored(language: str) -> Catalog:
    """Return the catalogue of a language, an empty one if there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="eventmgr", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    """Take new texts into every catalogue and let go of those that no page shows any more."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = stored(language)
        catalogue.update(template, no_fuzzy_matching=True)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
        open_ones = sum(1 for message in catalogue if message.id and not _is_translated(message))
        print(f"{language}: {len(catalogue)} texts, {open_ones} to translate")
    return 0


def check() -> int:
    """Print what is missing or does not fit; the number of lines is the exit code's reason."""
    template = extracted()
    faults = [
        f"{language}: {fault}" for language in LANGUAGES for fault in _faults(language, template)
    ]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(template)} texts in {len(LANGUAGES)} catalogues, {len(faults)} faults")
    return 1 if faults else 0


def _faults(language: str, template: Catalog) -> Iterator[str]:
    catalogue = stored(language)
    for wanted in template:
        if not wanted.id:
            continue
        message = catalogue.get(wanted.id, wanted.context)
        if message is None or not _is_translated(message):
            yield f"not translated: {wanted.id!r}"
        elif message.fuzzy:
            yield f"marked fuzzy: {wanted.id!r}"
        else:
            yield from _misfits(message)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"shown nowhere any more: {message.id!r}"


def _is_translated(message: Message) -> bool:
    texts = _texts(message.string)
    return bool(texts) and all(texts)


def _misfits(message: Message) -> Iterator[str]:
    """Compare placeholders and tags; one form of a plural may do without the number."""
    sources = _texts(message.id)
    for pattern in (PLACEHOLDER, TAG):
        allowed = {part for source in sources for part in pattern.findall(source)}
        needed = allowed - {"n", "num"} if len(sources) > 1 else allowed
        for text in _texts(message.string):
            parts = set(pattern.findall(text))
            if not needed <= parts <= allowed:
                yield f"{text!r} has {sorted(parts)}, {message.id!r} has {sorted(allowed)}"


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def compile_catalogue(path: Path) -> int:
    """Write the binary catalogue that the site reads."""
    with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source))
    return 0


def main(arguments: list[str]) -> int:
    """Run `update`, `check` or `compile FILE…`."""
    match arguments:
        case ["update"]:
            return update()
        case ["check"]:
            return check()
        case ["compile", *paths]:
            return max(compile_catalogue(Path(path)) for path in paths)
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
