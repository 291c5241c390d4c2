"""Reads QR codes off screens and sheets, with a decoder that knows nothing of ours."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

SCALE = 2.6
"""187 dots an inch, less than any office printer."""


def codes_on(picture: Image.Image) -> list[str]:
    """Return the text of each QR code in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def codes_on_screen(screenshot: bytes) -> list[str]:
    """Return the text of each QR code in a screenshot."""
    return codes_on(Image.open(BytesIO(screenshot)))


def printed(pdf: bytes) -> list[Image.Image]:
    """Return each sheet of a PDF as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    sheets = [document[number] for number in range(len(document))]
    return [sheet.render(scale=SCALE).to_pil().convert("RGB") for sheet in sheets]
