"""Letters on paper: in the right order, joined, each in a face that has it."""

import unicodedata
from pathlib import Path

import pytest

from eventmgr.badges.fonts import Weight, fonts_in
from eventmgr.badges.text import Typeface, clusters, prepared, unprintable


def visual(text: str, folder: Path) -> str:
    face = Typeface(fonts_in(folder), Weight.BOLD)
    return "".join(run for _, run in face.line(prepared(text)).runs)


def test_hebrew_reads_from_the_right(fonts: Path) -> None:
    assert visual("משה כהן", fonts) == "ןהכ השמ"


def test_arabic_letters_take_the_form_of_their_place(fonts: Path) -> None:
    forms = [unicodedata.name(letter) for letter in reversed(visual("محمد", fonts))]
    assert forms == [
        "ARABIC LETTER MEEM INITIAL FORM",
        "ARABIC LETTER HAH MEDIAL FORM",
        "ARABIC LETTER MEEM MEDIAL FORM",
        "ARABIC LETTER DAL FINAL FORM",
    ]


def test_lam_and_alef_join_into_one_letter(fonts: Path) -> None:
    assert visual("سلام", fonts) == "\ufee1\ufefc\ufeb3"


def test_the_name_of_god_stays_in_letters_that_every_face_has(fonts: Path) -> None:
    assert len(visual("الله", fonts)) == 4


def test_a_persian_non_joiner_parts_letters_and_is_not_printed(fonts: Path) -> None:
    assert unicodedata.normalize("NFKC", visual("می\u200cرود", fonts)) == "دوریم"
    assert visual("می\u200cرود", fonts) != visual("میرود", fonts)


def test_latin_inside_a_right_to_left_name_keeps_its_direction(fonts: Path) -> None:
    assert visual("משה IBM 42", fonts) == "IBM 42 השמ"


def test_brackets_face_the_right_way_in_hebrew(fonts: Path) -> None:
    assert visual("(משה)", fonts) == "(השמ)"


def test_accents_typed_apart_are_composed(fonts: Path) -> None:
    assert visual("Mi\u0148ka S\u030copo\u0301", fonts) == "Miňka Šopó"


def test_vowel_points_are_left_out_as_in_everyday_writing(fonts: Path) -> None:
    assert visual("מֹשֶׁה", fonts) == "השמ"


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u202e", "\ufeff", "\u2066", "\ufe0f"])
def test_invisible_characters_leave_no_trace(invisible: str, fonts: Path) -> None:
    assert visual(f"A{invisible}da", fonts) == "Ada"


def test_line_breaks_and_tabs_become_spaces(fonts: Path) -> None:
    assert visual(" Ada\tMaria\n\u00a0 Ott ", fonts) == "Ada Maria Ott"


def test_an_emoji_without_a_glyph_is_dropped(fonts: Path) -> None:
    assert visual("Ott 🥳", fonts) == "Ott "
    assert unprintable(fonts_in(fonts), "Ott 🥳") == ""


def test_a_letter_that_no_face_has_shows_as_a_box_and_is_named(fonts: Path) -> None:
    assert visual("𗀀 Ott", fonts) == "□ Ott"
    assert unprintable(fonts_in(fonts), "𗀀𗀁𗀀 Ott") == "𗀀𗀁"


def test_each_letter_is_set_in_the_first_face_that_has_it(fonts: Path) -> None:
    line = Typeface(fonts_in(fonts), Weight.BOLD).line(prepared("Élise 王 Κ"))
    assert [(Path(face.name).stem, run) for face, run in line.runs] == [
        ("FiraSans-SemiBold", "Élise "),
        ("NotoSansSC-Bold", "王"),
        ("FiraSans-SemiBold", " Κ"),
    ]


def test_a_name_in_latin_letters_does_not_open_the_large_faces(fonts: Path) -> None:
    fresh = fonts_in.__wrapped__(fonts)
    Typeface(fresh, Weight.BOLD).line("Ines Gräfe")
    first, *rest = fresh.chains[Weight.BOLD]
    assert [first.is_open, *(face.is_open for face in rest)] == [True] + [False] * len(rest)


def test_accents_stay_with_their_letter() -> None:
    assert clusters("e\u0323\u0301a") == ["e\u0323\u0301", "a"]


def test_without_built_fonts_western_names_still_print(tmp_path: Path) -> None:
    assert visual("Jürgen Weißgerber", tmp_path) == "Jürgen Weißgerber"
    assert unprintable(fonts_in(tmp_path), "Ω Jürgen 王") == "王"
