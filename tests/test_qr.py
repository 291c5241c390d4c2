"""Symbols are read back by zxing-cpp, which shares no code with the encoder."""

import io
import re
import time

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData, lost_point

from eventmgr import qr

CODE = "HTTPS://INNO.SACHSEN.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"
MASKS = range(8)


def texts_in(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def drawn(boxes: list[tuple[int, int, int, int]], side: int, scale: int = 4) -> Image.Image:
    image = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width, height in boxes:
        pen.rectangle(
            (x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1), fill=0
        )
    return image


def numbers(match: re.Match[str]) -> tuple[int, int, int, int]:
    x, y, width, height = (int(group) for group in match.groups())
    return x, y, width, height


@pytest.mark.parametrize("mask", MASKS)
def test_every_mask_is_read_as_png(mask: int) -> None:
    png = qr.as_png(qr.symbol(CODE, mask), scale=4)
    assert texts_in(Image.open(io.BytesIO(png))) == [CODE]


@pytest.mark.parametrize("mask", MASKS)
def test_every_mask_is_read_as_svg_path(mask: int) -> None:
    symbol = qr.symbol(CODE, mask)
    path = qr.as_svg_path(symbol)
    subpath = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z")
    assert subpath.sub("", path) == ""
    assert symbol.view_box == "0 0 37 37"
    assert texts_in(drawn([numbers(m) for m in subpath.finditer(path)], side=37)) == [CODE]


@pytest.mark.parametrize("mask", MASKS)
def test_every_mask_is_read_as_pdf_path(mask: int) -> None:
    path = qr.as_pdf_path(qr.symbol(CODE, mask))
    box = re.compile(r"(\d+) (\d+) (\d+) (\d+) re ")
    assert box.sub("", path) == "f"
    upside_up = [(x + 4, 33 - y - h, w, h) for x, y, w, h in map(numbers, box.finditer(path))]
    assert texts_in(drawn(upside_up, side=37)) == [CODE]


def test_a_ticket_code_fits_version_3_in_level_m() -> None:
    image = Image.open(io.BytesIO(qr.as_png(qr.symbol(CODE, 0), scale=4)))
    (found,) = zxingcpp.read_barcodes(image)
    assert (qr.symbol(CODE, 0).size, found.ec_level) == (29, "M")


def test_lower_case_would_need_a_larger_symbol() -> None:
    assert qr.symbol(CODE.lower(), 0).size == 33


def test_the_best_mask_is_the_one_a_search_would_take() -> None:
    assert qr.symbol(CODE) == qr.symbol(CODE, qr.best_mask(CODE))


def test_the_drawings_hold_exactly_the_dark_modules() -> None:
    symbol = qr.symbol(CODE, 5)
    boxes = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", qr.as_svg_path(symbol))
    cells = [
        (int(x) + column - 4, int(y) + row - 4)
        for x, y, width, height in boxes
        for column in range(int(width))
        for row in range(int(height))
    ]
    dark = {(x, y) for y, row in enumerate(symbol.rows) for x, bit in enumerate(row) if bit}
    assert (len(cells), set(cells)) == (len(dark), dark)


def test_a_png_keeps_four_light_modules_unless_told_otherwise() -> None:
    symbol = qr.symbol(CODE, 1)
    whole = Image.open(io.BytesIO(qr.as_png(symbol, scale=3)))
    bare = Image.open(io.BytesIO(qr.as_png(symbol, scale=3, quiet=0)))
    assert (whole.size, whole.mode, bare.size) == ((111, 111), "1", (87, 87))
    assert whole.crop((12, 12, 99, 99)).tobytes() == bare.tobytes()


@pytest.mark.parametrize("text", [CODE, CODE.lower(), "1", "Görlitz ✓ 会议 " * 9])
def test_the_points_lost_are_those_that_the_library_counts(text: str) -> None:
    counted = []
    for mask in MASKS:
        code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
        code.add_data(QRData(text.encode()))
        code.make()
        counted.append(lost_point(code.modules))
    assert qr.best_mask(text) == counted.index(min(counted))


def test_looking_for_the_best_mask_costs_no_more_than_a_second_symbol() -> None:
    qr.best_mask(CODE)
    before = time.process_time()
    for _ in range(50):
        qr.symbol(CODE, 2)
    given = time.process_time() - before
    before = time.process_time()
    for _ in range(50):
        qr.symbol(CODE)
    assert time.process_time() - before < 4 * given
