"""Organisers' Markdown as safe HTML and as plain text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

SAFE_LINKS = ("https://", "http://", "mailto:")
BREAKS = ("softbreak", "hardbreak")
CODE = ("fence", "code_block")


class _Renderer(MarkdownIt):
    """Shows raw HTML as text and lets only safe links pass: nothing is left to sanitise after."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether a link may be one."""
        is_path = url.startswith("/") and not url.startswith("//")
        return is_path or url.lower().startswith(SAFE_LINKS)


_markdown = _Renderer("commonmark", {"html": False, "breaks": True})


def _alternative_text(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Write the words for a picture in its place: one from elsewhere would report the reader."""
    return escapeHtml(renderer.renderInlineAsText(tokens[index].children, options, env))


_markdown.add_render_rule("image", _alternative_text)


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
            blocks.append("".join(_words(token.children or [])))
        elif token.type in CODE:
            blocks.append(token.content.rstrip("\n"))
    return "\n".join(blocks)


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Give the text of each token, and after a link's text where it leads unless that says so."""
    address, label = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, label = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            if label.strip() not in (address, address.removeprefix("mailto:")):
                yield f" ({address})"
            address = ""
        else:
            word = "\n" if token.type in BREAKS else token.content
            if token.type == "image":
                word = "".join(_words(token.children or []))
            label += word
            yield word


def register(app: Flask) -> None:
    """Offer both as template filters."""
    app.add_template_filter(markdown)
    app.add_template_filter(plain_text)
