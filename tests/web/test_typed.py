"""What people and machines type is made safe to count with and to store."""

import pytest

from eventmgr.programme.fields import tidy_line, tidy_text
from eventmgr.web.typed import small_number, without_controls


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("80", 80),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("9" * 5_000, None),
        ("-1", None),
        ("²", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_has_a_few_digits_and_nothing_else(text: str | None, number: int | None) -> None:
    assert small_number(text) == number


def test_control_characters_are_left_out_but_lines_stay() -> None:
    assert without_controls("a\0b\x1b\x7f\x85c\r\n\td\u200dé") == "abc\r\n\td\u200dé"


def test_the_desks_texts_hold_nothing_that_cannot_be_stored() -> None:
    assert tidy_line(" A\0  title\n") == "A title"
    assert tidy_text("One\0\r\nTwo\x0b\n") == "One\nTwo"
