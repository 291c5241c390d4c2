"""People and papers for the tests of this room, and how what was printed is read back."""

import re
import unicodedata

import pypdfium2
import zxingcpp
from PIL import Image

from eventmgr.badges.badge import Badge, Code, Fact, Note, Shape, Sign, Ticket
from eventmgr.badges.layouts import MM

Box = tuple[float, float, float, float]

INDUSTRY = Sign("Industrie", Shape.CIRCLE, "#1766b8")
SCIENCE = Sign("Wissenschaft", Shape.DIAMOND, "#7a3bb5")
ADMINISTRATION = Sign("Verwaltung", Shape.SQUARE, "#0b746a")
PRESS = Sign("Presse", Shape.TRIANGLE, "#b8410e")
GUESTS = Sign("Gäste", Shape.PILL, "#14172a")
GROUPS = (INDUSTRY, SCIENCE, ADMINISTRATION, PRESS, GUESTS)


def a_code(number: int = 0) -> Code:
    """Return the code of the person of that number, 26 letters and figures."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    secret = "".join(letters[(number * 7 + place * 11) % 32] for place in range(26))
    return Code(
        text=f"HTTPS://INNO.SACHSEN.EXAMPLE/T/{secret}",
        short=f"{secret[:4]}-{secret[4:8]}",
        label="Code",
        mask=number % 8,
    )


def a_badge(
    name: str = "Ines Gräfe",
    organisation: str = "TU Bergakademie Freiberg",
    *,
    group: Sign | None = SCIENCE,
    title: str = "Wasserstoff in der Gießerei",
    number: int = 0,
) -> Badge:
    """Return a badge."""
    return Badge(
        name=name,
        organisation=organisation,
        group=group,
        code=a_code(number),
        programme="StrategieWerkstatt",
        event_title=title,
        event_when="10. Dezember 2026",
    )


def a_ticket(name: str = "Ines Gräfe", *, number: int = 0, notes: tuple[Note, ...] = ()) -> Ticket:
    """Return a ticket."""
    return Ticket(
        programme="StrategieWerkstatt",
        tagline="Industrie der Zukunft",
        heading="Ihr Platz ist sicher",
        lead="Zeigen Sie diesen Code am Einlass, gedruckt oder auf dem Telefon.",
        kind=Sign("Werkstatt", Shape.SQUARE, "#0b746a"),
        title="Wasserstoff in der Gießerei: vom Pilotofen in die Serie",
        facts=(
            Fact("Wann", "Donnerstag, 10. Dezember 2026", ("9:30 bis 16:30 Uhr",)),
            Fact("Wo", "Zeitenströmung", ("Königsbrücker Straße 96, 01099 Dresden",)),
            Fact("Ticket für", name, ("TU Bergakademie Freiberg",)),
        ),
        state="Bestätigt",
        code=a_code(number),
        notes=notes,
        footer="Sie können doch nicht kommen? Der Link in Ihrer Bestätigung gibt den Platz frei.",
    )


def pages(pdf: bytes) -> list[pypdfium2.PdfPage]:
    """Return the pages as pdfium reads them."""
    document = pypdfium2.PdfDocument(pdf, autoclose=True)
    return [document[number] for number in range(len(document))]


def codes_on(page: pypdfium2.PdfPage) -> list[str]:
    """Return what a scanner reads on the page as it is printed, at 200 dots an inch."""
    image: Image.Image = page.render(scale=200 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def text_on(page: pypdfium2.PdfPage) -> str:
    """Return the text of the page as `squeezed`."""
    return squeezed(page.get_textpage().get_text_range())


def squeezed(text: str) -> str:
    """Letters only: no spaces, joined Arabic letters as plain ones, a hyphen at a line's end kept.

    pdfium reports such a hyphen as U+FFFE.
    """
    text = unicodedata.normalize("NFKC", text).replace("\ufffe", "-")
    return re.sub(r"\s", "", text)


def letter_boxes(page: pypdfium2.PdfPage) -> list[Box]:
    """Return left, top, right and bottom of each letter in millimetres from the upper left."""
    text = page.get_textpage()
    height = page.get_height()
    boxes = []
    for number in range(text.count_chars()):
        if text.get_text_range(number, 1).strip():
            left, bottom, right, top = text.get_charbox(number)
            boxes.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return boxes
