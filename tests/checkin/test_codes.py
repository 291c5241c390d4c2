import pytest

from eventmgr.checkin.codes import Code, could_be_a_name, read

CODE = "ABCDEFGHIJKLMNOPQRSTUVWXY7"


@pytest.mark.parametrize(
    "text",
    [
        f"HTTPS://EVENTS.EXAMPLE/T/{CODE}",
        f"https://events.example/t/{CODE.lower()}",
        f"HTTP://127.0.0.1:8000/T/{CODE}",
        f"HTTPS://OTHER.HOST/T/{CODE}/",
        f"  HTTPS://EVENTS.EXAMPLE/T/{CODE}\r\n",
        CODE,
        CODE.lower(),
        "ABCDE-FGHIJ-KLMNO PQRST\u2011UVWXY7",
    ],
)
def test_a_ticket_is_read_from_its_address_or_its_letters_in_any_case(text: str) -> None:
    assert read(text) == Code(CODE)


def test_a_scanner_that_types_american_on_a_german_keyboard_is_understood() -> None:
    typed = "HTTPSÖ--EVENTS.EXAMPLE-T-ABCDEFGHIJKLMNOPQRSTUVWXZ7"
    assert read(typed) == Code(CODE)


@pytest.mark.parametrize("text", ["K7QF2MZP", "k7qf 2mzp", "K7QF-2MZP", " k7qf\u20132mzp "])
def test_a_short_code_is_read_with_or_without_spaces_and_hyphens(text: str) -> None:
    code = read(text)
    assert code == Code("K7QF2MZP")
    assert code.is_short


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WIFI:S:Gast;T:WPA;P:geheim;;",
        "https://events.example/events/abc",
        f"https://events.example/t/{CODE}X",
        f"HTTPS://EVENTS.EXAMPLE/T/{CODE[:-1]}",
        f"{CODE}\0",
        "K7QF2MZ",
        "K7QF2MZ0",
        "\ud800" * 26,
        "A" * 1_000_000,
    ],
)
def test_anything_else_is_no_code(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Weiß", True), ("Schubert", True), ("K7QF2MZP", False), (CODE, False), ("Ada 2", False)],
)
def test_letters_alone_may_be_a_name(text: str, *, expected: bool) -> None:
    assert could_be_a_name(text) is expected
