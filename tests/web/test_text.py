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
        ("![Ada & Bo](https://a.example/1.png)", "<p>Ada &amp; Bo</p>\n"),
        ("![**Ada**](/1.png 'x')", "<p>Ada</p>\n"),
    ],
)
def test_markdown_is_shown_and_everything_else_is_text(written: str, shown: str) -> None:
    assert markdown(written) == shown


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("**Wer?** Alle\n\n- eins\n- zwei", "Wer? Alle\neins\nzwei"),
        ("[Alle](https://a.example), kommt", "Alle (https://a.example), kommt"),
        ("[**Al**le](https://a.example)", "Alle (https://a.example)"),
        ("<https://a.example>", "https://a.example"),
        ("<ada@example.org>", "ada@example.org"),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("Code:\n\n```\na = 1\n\nb = 2\n```", "Code:\na = 1\n\nb = 2"),
        ("Code:\n\n    a = 1", "Code:\na = 1"),
        ("![**Ada**](https://a.example/1.png)", "Ada"),
    ],
)
def test_plain_text_keeps_the_words_and_where_links_lead(written: str, words: str) -> None:
    assert plain_text(written) == words
