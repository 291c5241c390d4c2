"""Rules for all templates: they compile, each is used, nothing in them needs a looser CSP."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, meta, nodes

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
IS_LETTER = re.compile(r"(.*/)?(letters/.*|letter\.html)")
"""Mail programs read no style sheet, so the styles of letters stand in them."""
PAGES = [name for name in NAMES if name.endswith(".html") and not IS_LETTER.fullmatch(name)]
LETTER_PARTS = (".subject.txt", ".txt", ".html")
INLINE = {
    "a script without a file": r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/(ld\+)?json\")",
    "a style element": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event handler": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
}


def source(name: str) -> str:
    """Return a template's text."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles_and_no_missing_value_passes_in_silence(
    app_alone: Flask, name: str
) -> None:
    assert app_alone.jinja_env.undefined is StrictUndefined
    app_alone.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_inline_script_or_style(name: str) -> None:
    found = [what for what, pattern in INLINE.items() if re.search(pattern, source(name))]
    assert found == []


def test_each_template_is_used(app_alone: Flask) -> None:
    used = set(_named_by_templates(app_alone))
    patterns = [re.compile(pattern) for pattern in _named_by_code()]
    unused = [
        name
        for name in NAMES
        if name not in used and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert unused == []


def test_each_letter_has_its_subject_text_and_page() -> None:
    letters = {
        re.sub(r"\.(subject\.txt|txt|html)$", "", name)
        for name in NAMES
        if "/letters/" in name and not Path(name).name.startswith("_")
    }
    wanted = {letter + part for letter in letters for part in LETTER_PARTS}
    assert sorted(wanted - set(NAMES)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_uses_every_macro_it_imports(app_alone: Flask, name: str) -> None:
    tree = app_alone.jinja_env.parse(source(name))
    imported = set(_imported(tree))
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert sorted(imported - used) == []


def _imported(tree: nodes.Template) -> Iterator[str]:
    for imported in tree.find_all(nodes.FromImport):
        for name in imported.names:
            yield name[1] if isinstance(name, tuple) else name
    for whole in tree.find_all(nodes.Import):
        yield whole.target


def _named_by_templates(app: Flask) -> Iterator[str]:
    for name in NAMES:
        for used in meta.find_referenced_templates(app.jinja_env.parse(source(name))):
            if used:
                yield used


def _named_by_code() -> Iterator[str]:
    """Find texts in the code that name a template or a letter (whose three parts are added)."""
    suffix = "(" + "|".join(re.escape(part) for part in LETTER_PARTS) + ")?"
    for path in (ROOT / "eventmgr").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = _as_pattern(node)
            if "/" in text:
                yield text + suffix


def _as_pattern(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(_as_pattern(part) or "[^/]+" for part in parts)
        case _:
            return ""
