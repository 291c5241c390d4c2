"""Organisers' Markdown becomes safe HTML, whatever they write."""

import pytest

from eventmgr.web.text import markdown, plain_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Wer?** Alle", "<p><strong>Wer?</strong> Alle</p>\n"),
        ("# Ablauf", "<h3>Ablauf</h3>\n"),
        ("a < b", "<p>a &lt; b</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](JAVASCRIPT:x)", "<p>[a](JAVASCRIPT:x)</p>\n"),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](https://a.example)", '<p><a href="https://a.example">a</a></p>\n'),
        ("[a](/events)", '<p><a href="/events">a</a></p>\n'),
    ],
)
def test_markdown_is_shown_and_everything_else_is_text(written: str, shown: str) -> None:
    assert markdown(written) == shown


def test_plain_text_keeps_the_words_alone() -> None:
    assert plain_text("**Wer?** [Alle](https://a.example)\n\n- eins\n- zwei") == (
        "Wer? Alle\neins\nzwei"
    )
