"""Sheets and tickets as they leave the printer: codes read, bytes repeat, no letter is missing."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ContentStream, DictionaryObject

from eventmgr.badges.badge import Note, Sign
from eventmgr.badges.layouts import DEFAULT, LAYOUTS
from eventmgr.badges.pdf import render_badges, render_ticket, render_tickets
from eventmgr.badges.pen import on
from tests.badges.samples import (
    GROUPS,
    INDUSTRY,
    a_badge,
    a_ticket,
    codes_on,
    pages,
    squeezed,
    text_on,
)

SHEET = LAYOUTS["a4-a6"]
LABELS = LAYOUTS["labels"]
NAMES = (
    "Ines Gräfe",
    "Ελευθερία Παπαδοπούλου",
    "Дмитрий Щербаков",
    "王小明",
    "محمد الشريف",
    "משה כהן",
)
PEOPLE = [
    a_badge(NAMES[number % 6], group=GROUPS[number % 5], number=number) for number in range(16)
]


def codes_of(pdf: bytes) -> list[list[str]]:
    return [sorted(codes_on(page)) for page in pages(pdf)]


def expected(numbers: range) -> list[str]:
    return sorted(PEOPLE[number].code.text for number in numbers)


def test_every_code_of_four_sheets_is_read(tmp_path: Path) -> None:
    pdf = render_badges(PEOPLE, SHEET, tmp_path)
    assert codes_of(pdf) == [expected(range(first, first + 4)) for first in (0, 4, 8, 12)]


def test_every_code_of_a_label_sheet_is_read(tmp_path: Path) -> None:
    pdf = render_badges(PEOPLE, LABELS, tmp_path)
    assert codes_of(pdf) == [expected(range(10)), expected(range(10, 16))]


def test_single_badges_have_a_page_each(tmp_path: Path) -> None:
    pdf = render_badges(PEOPLE[:3], LAYOUTS["a6"], tmp_path)
    assert codes_of(pdf) == [[badge.code.text] for badge in PEOPLE[:3]]
    sizes = [(round(page.get_width()), round(page.get_height())) for page in pages(pdf)]
    assert sizes == [(298, 420)] * 3


def test_a_code_without_a_kept_mask_is_read_too(tmp_path: Path) -> None:
    badge = replace(PEOPLE[0], code=replace(PEOPLE[0].code, mask=None))
    assert codes_of(render_badges([badge], SHEET, tmp_path)) == [[badge.code.text]]


def test_tickets_have_a_page_each_with_its_code(tmp_path: Path) -> None:
    tickets = [a_ticket(number=number) for number in range(3)]
    assert codes_of(render_tickets(tickets, tmp_path)) == [[one.code.text] for one in tickets]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nobody_to_print_gives_one_sheet_without_codes(layout: str, tmp_path: Path) -> None:
    assert codes_of(render_badges([], LAYOUTS[layout], tmp_path)) == [[]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_that_was_given_stands_on_the_badge(layout: str, fonts: Path) -> None:
    badge = a_badge("Ines Gräfe", group=INDUSTRY)
    (page,) = pages(render_badges([badge], LAYOUTS[layout], fonts))
    told = (
        badge.name,
        badge.organisation,
        "Industrie",
        badge.code.short,
        badge.programme,
        badge.event_title,
        badge.event_when,
    )
    assert [part for part in told if squeezed(part) not in text_on(page)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_badge_without_group_and_organisation_is_complete(layout: str, fonts: Path) -> None:
    badge = a_badge("Ada", "", group=None)
    (page,) = pages(render_badges([badge], LAYOUTS[layout], fonts))
    assert (codes_on(page), "Ada" in text_on(page)) == ([badge.code.text], True)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_long_words_everywhere_are_all_printed(layout: str, fonts: Path) -> None:
    group = Sign("Forschungseinrichtungen und Zivilgesellschaft in ländlichen Räumen")
    title = (
        "Wasserstoff in der Gießerei: vom Pilotofen in die Serie und was das den Zulieferern nützt"
    )
    badge = replace(a_badge(group=group, title=title), programme="Innovationsdialog " * 4)
    (page,) = pages(render_badges([badge], LAYOUTS[layout], fonts))
    told = (group.word, title, badge.programme, badge.event_when)
    assert [part for part in told if squeezed(part) not in text_on(page)] == []


def test_everything_that_was_given_stands_on_the_ticket(fonts: Path) -> None:
    notes = (Note("Weg dorthin", "Straßenbahn 7"), Note("Zugang", "Stufenfrei ab Haupteingang."))
    ticket = a_ticket("Małgorzata Šołćina", notes=notes)
    (page,) = pages(render_ticket(ticket, fonts))
    told = [
        ticket.programme,
        ticket.tagline,
        ticket.heading,
        ticket.lead,
        ticket.kind.word,
        ticket.title,
        ticket.state,
        ticket.code.label,
        ticket.code.short,
        ticket.footer,
        *(part for fact in ticket.facts for part in (fact.label, fact.strong, *fact.lines)),
        *(part for note in notes for part in (note.title, note.text)),
    ]
    assert [part for part in told if squeezed(part) not in text_on(page)] == []


def test_long_notes_of_a_ticket_go_on_over_the_page(fonts: Path) -> None:
    text = " ".join(f"Schritt-{number} auf dem langen Weg zum Saal." for number in range(150))
    notes = (Note("Weg dorthin", text), Note("Zugang", "Stufenfrei."))
    first, *rest = pages(render_ticket(a_ticket(notes=notes), fonts))
    written = "".join(text_on(page) for page in (first, *rest))
    numbers = re.findall(r"Schritt-(\d+)", written)
    assert (len(rest), list(map(int, numbers))) == (3, list(range(150)))
    assert text_on(rest[-1]).count("Stufenfrei.") == 1


def test_the_same_input_gives_the_same_bytes(fonts: Path) -> None:
    assert render_badges(PEOPLE, SHEET, fonts) == render_badges(list(PEOPLE), SHEET, fonts)
    assert render_ticket(a_ticket(), fonts) == render_ticket(a_ticket(), fonts)


def test_threads_do_not_disturb_each_other(fonts: Path) -> None:
    alone = [render_badges(PEOPLE[n:], SHEET, fonts) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda n: render_badges(PEOPLE[n:], SHEET, fonts), range(4)))
    assert together == alone


def test_no_letter_is_replaced_by_the_missing_glyph(fonts: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_badges(PEOPLE, SHEET, fonts)))
    shown: list[bytes] = []
    for page in reader.pages:
        shown += _shown(page.get_contents(), reader)
        for form in _dictionary(_dictionary(page["/Resources"])["/XObject"]).values():
            shown += _shown(form.get_object(), reader)
    assert len(shown) > 64
    assert [text for text in shown if b"\0" in text] == []


def _dictionary(thing: object) -> DictionaryObject:
    assert isinstance(thing, DictionaryObject)
    return thing


def _shown(stream: object, reader: pypdf.PdfReader) -> list[bytes]:
    """The byte strings that a content stream shows; reportlab gives 0 to the missing glyph."""
    operations = ContentStream(stream, reader).operations
    return [operands[0].original_bytes for operands, operator in operations if operator == b"Tj"]


def test_each_face_is_embedded_once(fonts: Path) -> None:
    pdf = render_badges(PEOPLE * 4, SHEET, fonts)
    assert sorted(re.findall(rb"/FontName /\w+\+([\w-]+)", pdf)) == [
        b"DejaVuSans-Bold",
        b"FiraSans-Regular",
        b"FiraSans-SemiBold",
        b"NotoSansSC-Bold",
    ]


def test_no_folder_of_this_machine_gets_into_the_file(fonts: Path) -> None:
    pdf = render_badges(PEOPLE[:1], SHEET, fonts)
    assert re.search(rb"pdf-fonts|\.ttf", pdf) is None


def test_a_hundred_badges_stay_small(fonts: Path) -> None:
    people = [replace(PEOPLE[0], code=a_badge(number=number).code) for number in range(100)]
    assert len(render_badges(people, SHEET, fonts)) < 150_000


def test_the_file_says_its_title_and_language(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_ticket(a_ticket(), tmp_path)))
    assert reader.metadata is not None
    assert reader.metadata.title == a_ticket().title
    assert str(reader.root_object["/Lang"]) == "de"


def test_words_on_a_light_group_colour_are_dark() -> None:
    assert [on(colour) for colour in ("#ffd27a", "#0b746a")] == ["#14172a", "#ffffff"]


def test_the_usual_sheet_is_one_of_the_layouts() -> None:
    assert (LAYOUTS[DEFAULT].per_page, LABELS.per_page) == (4, 10)
