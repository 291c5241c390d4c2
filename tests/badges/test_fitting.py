"""How large a name is set, and where its lines end."""

from pathlib import Path

import pytest

from eventmgr.badges import a6
from eventmgr.badges.fitting import Block, Ladder, fit, fit_name, wrap
from eventmgr.badges.fonts import Weight, fonts_in
from eventmgr.badges.layouts import MM
from eventmgr.badges.text import Typeface

WIDTH, HEIGHT = 87 * MM, 50 * MM


def words_of(block: Block) -> list[str]:
    return ["".join(run for _, run in line.runs) for line in block.lines]


@pytest.fixture
def bold(fonts: Path) -> Typeface:
    return Typeface(fonts_in(fonts), Weight.BOLD, tracking=-0.025)


@pytest.mark.parametrize(
    ("name", "size", "lines"),
    [
        ("Ada", 46, ["Ada"]),
        ("Ines Gräfe", 46, ["Ines", "Gräfe"]),
        ("Anna Maria Ott", 46, ["Anna Maria", "Ott"]),
        ("王小明", 46, ["王小明"]),
        ("Jürgen Weißgerber", 46, ["Jürgen", "Weißgerber"]),
        ("Ελευθερία Παπαδοπούλου", 34, ["Ελευθερία", "Παπαδοπούλου"]),
        ("Małgorzata Weißgerber-Šołćina", 34, ["Małgorzata", "Weißgerber-", "Šołćina"]),
        (
            "Maximilian-Alexander Freiherr von Schönburg-Glauchau-Walden",
            26,
            ["Maximilian-Alexander", "Freiherr von", "Schönburg-Glauchau-", "Walden"],
        ),
    ],
)
def test_a_name_is_as_large_as_its_lines_allow(
    name: str, size: float, lines: list[str], bold: Typeface
) -> None:
    block = fit_name(name, bold, a6.NAME, WIDTH, HEIGHT)
    assert (block.size, words_of(block)) == (size, lines)


def test_no_line_is_wider_than_the_box_and_all_are_within_its_height(bold: Typeface) -> None:
    for length in range(1, 200):
        name = ("Wolfgang Amadé Müller-Lüdenscheidt " * 6)[:length]
        block = fit_name(name, bold, a6.NAME, WIDTH, HEIGHT)
        assert max(line.width for line in block.lines) * block.size <= WIDTH + 0.01
        assert block.height <= HEIGHT


def test_nothing_takes_no_room(bold: Typeface) -> None:
    block = fit("  ", bold, a6.NAME, WIDTH, HEIGHT)
    assert (block.lines, block.height, block.cap_height) == ((), 0.0, 0.0)


def test_lines_are_of_like_length(bold: Typeface) -> None:
    ladder = Ladder(whole=((10, 2),), broken=((8, 4),))
    text = "Sächsisches Oberbergamt, Referat 22 Rohstoffe"
    width = bold.width("Sächsisches Oberbergamt, Referat 22") * 10 + 0.1
    block = fit(text, bold, ladder, width, 99)
    assert words_of(block) == ["Sächsisches Oberbergamt,", "Referat 22 Rohstoffe"]


def test_accents_on_capitals_of_lower_lines_get_room(bold: Typeface) -> None:
    plain = fit_name("Jan Ott", bold, a6.NAME, WIDTH, HEIGHT)
    accented = fit_name("Jan Ótt", bold, a6.NAME, WIDTH, HEIGHT)
    hebrew = fit_name("משה כהן", bold, a6.NAME, WIDTH, HEIGHT)
    assert [round(block.leading / block.size, 2) for block in (plain, accented, hebrew)] == [
        1.02,
        1.2,
        1.2,
    ]


def test_running_text_keeps_its_size_and_its_words(bold: Typeface) -> None:
    text = "Straßenbahn 7 bis Heeresbäckerei, dann vier Minuten zu Fuß. " * 5
    block = wrap(text, bold, 10, 60 * MM)
    assert (block.size, " ".join(words_of(block))) == (10, text.strip())
    assert max(line.width for line in block.lines) * 10 <= 60 * MM
