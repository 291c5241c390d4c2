"""Organisers' Markdown as safe HTML and as plain text."""

from functools import lru_cache

from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

SAFE_LINKS = ("https://", "http://", "mailto:")


class _Renderer(MarkdownIt):
    """Shows raw HTML as text and lets only safe links pass: nothing is left to sanitise after."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether a link may be one."""
        is_path = url.startswith("/") and not url.startswith("//")
        return is_path or url.lower().startswith(SAFE_LINKS)


_markdown = _Renderer("commonmark", {"html": False, "breaks": True})


@lru_cache(maxsize=2_000)
def markdown(text: str) -> Markup:
    """Render Markdown as safe HTML; headings start below the page's own."""
    html = _markdown.render(text)
    for level in (4, 3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 2}>")
        html = html.replace(f"</h{level}>", f"</h{level + 2}>")
    return Markup(html)  # noqa: S704 - the renderer escapes


@lru_cache(maxsize=2_000)
def plain_text(text: str) -> str:
    """Render Markdown as plain text for calendars, letters and descriptions of pages."""
    blocks: list[str] = []
    for token in _markdown.parse(text):
        if token.type == "inline":
            children = token.children or []
            breaks = {"softbreak", "hardbreak"}
            blocks.append("".join("\n" if c.type in breaks else c.content for c in children))
    return "\n".join(blocks)


def register(app: Flask) -> None:
    """Offer both as template filters."""
    app.add_template_filter(markdown)
    app.add_template_filter(plain_text)
