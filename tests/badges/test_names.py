"""Any name prints: whole, inside its box, no line touching another, in any script."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from eventmgr.badges.badge import Badge
from eventmgr.badges.layouts import LAYOUTS
from eventmgr.badges.pdf import render_badges
from tests.badges.samples import Box, a_badge, a_code, letter_boxes, pages, squeezed, text_on

SCRIPTS = {
    "latin": "Jürgen Weißgerber-Österreich von Schönburg-Glauchau Émilie Ångström",
    "sorbian": "Měrćin Šołćina-Žurec Křesćan Krawc Łucija Źiwoglědawa",
    "polish": "Małgorzata Świętosławska-Żółkiewska Zdzisław Brzęczyszczykiewicz",
    "vietnamese": "Nguyễn Thị Hồng Ánh Trần Đình Dũng",
    "greek": "Ελευθερία Παπαδοπούλου Χριστόδουλος Άγγελος",
    "cyrillic": "Дмитрий Щербаков Їжакевич Ґалаґан Ёлкина",
    "chinese": "王小明 欧阳娜娜 司马相如",
    "hebrew": "משה כהן-לוי שרה בן דוד",
    "arabic": "محمد عبد الله الشريف فاطمة الزهراء",
    "mixed": "李 Élise Παύλος Жанна O’Brien (Řím)",
}
ONE_WORD = {"latin": "Wolfeschlegelstein", "cyrillic": "Щербакова", "chinese": "王小明欧阳"}
LENGTHS = (1, 2, 5, 13, 25, 45, 70, 90)

ORGANISATION = "TU Bergakademie Freiberg, Institut für Keramik"

BOXES = {"a6": (9.0, 29.0, 96.0, 93.1), "labels": (21.0, 24.5, 76.3, 52.5)}
"""Left, top, right and bottom in millimetres: below the head, beside or above the code."""
OVERHANG = 0.6
"""So many millimetres may a letter reach over its own width (f, j, accents)."""


def a_name(sample: str, length: int) -> str:
    repeated = " ".join([sample] * (length // len(sample) + 2))
    return repeated[:length].strip()


def a_bare_badge(name: str, organisation: str = ORGANISATION) -> Badge:
    """A badge on which nothing else is written, so that every letter found is one of these."""
    code = replace(a_code(), short="", label="")
    badge = a_badge(name, organisation, group=None, title="")
    return replace(badge, code=code, programme="", event_when="")


def touching(letters: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of letters of different lines that overlap; neighbours in a line may by a hair."""
    return [
        (one, other)
        for (here, one), (there, other) in combinations(enumerate(letters), 2)
        if there - here > 3
        and min(one[2], other[2]) - max(one[0], other[0]) > 0.05
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.05
    ]


def assert_prints_whole(badge: Badge, layout: str, fonts: Path) -> None:
    (page,) = pages(render_badges([badge], LAYOUTS[layout], fonts))
    assert text_on(page) == squeezed(badge.name + badge.organisation)
    letters = letter_boxes(page)
    left, top, right, bottom = BOXES[layout]
    outside = [
        box
        for box in letters
        if box[0] < left - OVERHANG
        or box[1] < top - OVERHANG
        or box[2] > right + OVERHANG
        or box[3] > bottom + OVERHANG
    ]
    assert outside == []
    assert touching(letters) == []


@pytest.mark.parametrize("layout", BOXES)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_of_any_length_prints_whole(
    script: str, length: int, layout: str, fonts: Path
) -> None:
    assert_prints_whole(a_bare_badge(a_name(SCRIPTS[script], length)), layout, fonts)


@pytest.mark.parametrize("layout", BOXES)
@pytest.mark.parametrize("length", [20, 45, 90])
@pytest.mark.parametrize("script", ONE_WORD)
def test_a_single_word_is_divided_before_it_is_cut(
    script: str, length: int, layout: str, fonts: Path
) -> None:
    name = (ONE_WORD[script] * 20)[:length]
    assert_prints_whole(a_bare_badge(name), layout, fonts)


@pytest.mark.parametrize("layout", BOXES)
def test_a_long_organisation_leaves_room_for_a_long_name(layout: str, fonts: Path) -> None:
    organisation = (ORGANISATION + " und ") * 4 + "Silikattechnik"
    assert_prints_whole(a_bare_badge(a_name(SCRIPTS["latin"], 90), organisation), layout, fonts)


@pytest.mark.parametrize("layout", BOXES)
def test_the_widest_letters_still_fit(layout: str, fonts: Path) -> None:
    assert_prints_whole(a_bare_badge("W" * 200, "Ẅ" * 200), layout, fonts)
