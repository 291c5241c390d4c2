"""QR symbols: text in, modules out, drawn as SVG, PNG or PDF. The only door to `qrcode`.

Looking for the best of the eight masks costs more than the symbol itself, and the answer never
changes for a text. So whoever keeps a code also keeps `best_mask(code)` beside it and hands it in.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData

QUIET = 4
"""Light modules that the standard asks for on every side."""

_DARK_RUN = re.compile(b"\x01+")
_DIGITS = bytes.maketrans(b"\0\1", b"01")


@dataclass(frozen=True, slots=True)
class Symbol:
    """The modules of one QR symbol without its quiet zone; in `rows` 1 is dark and 0 is light."""

    size: int
    rows: tuple[bytes, ...]
    mask: int

    @property
    def version(self) -> int:
        """The number of the size in the standard, 1 to 40."""
        return (self.size - 17) // 4

    @property
    def view_box(self) -> str:
        """The SVG viewBox that shows `as_svg_path` with its quiet zone."""
        return f"0 0 {self.size + 2 * QUIET} {self.size + 2 * QUIET}"


def symbol(text: str, mask: int | None = None) -> Symbol:
    """The smallest symbol at level M that holds the text; without a mask the best one is sought."""
    return _symbol(text, best_mask(text) if mask is None else mask)


def best_mask(text: str) -> int:
    """The mask that loses the fewest points (ISO/IEC 18004, 7.8.3): keep it with the text."""
    first = _symbol(text, 0)
    modules = _as_number(first)
    changes = _changes_by_mask(first.version)
    return min(range(8), key=lambda mask: _lost_points(modules ^ changes[mask], first.size))


def _symbol(text: str, mask: int, version: int | None = None) -> Symbol:
    # One segment only: cut into several, a code that fits alphanumeric mode would grow.
    segment = QRData(text.encode())
    fitting = version or _smallest_version(segment.mode, len(segment))
    code = QRCode(fitting, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(segment)
    code.make(fit=False)
    return Symbol(code.modules_count, tuple(bytes(map(bool, row)) for row in code.modules), mask)


@lru_cache
def _smallest_version(mode: Literal[1, 2, 4], length: int) -> int:
    """The smallest version for so many characters; the library would write them out to see."""
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(QRData(b"0" * length, mode))
    fitting: int = code.best_fit()
    return fitting


@lru_cache
def _changes_by_mask(version: int) -> tuple[int, ...]:
    """The modules that each mask turns over, compared with mask 0: the same ones for every text."""
    first, *others = (_as_number(_symbol("0", mask, version)) for mask in range(8))
    return (0, *(first ^ other for other in others))


def _as_number(symbol: Symbol) -> int:
    """All modules as bits of one number, a bit that is never set between two rows."""
    return int(b"\0".join(symbol.rows).translate(_DIGITS), 2)


@lru_cache
def _all_modules(size: int) -> int:
    return int("0".join(["1" * size] * size), 2)


def _lost_points(dark: int, size: int) -> int:
    """What a reader may stumble over, all modules looked at at once by shifting them."""
    light = _all_modules(size) ^ dark
    lost = 0
    for colour in (dark, light):
        block = colour & colour >> 1
        lost += 3 * (block & block >> (size + 1)).bit_count()
        lost += _points_of_runs(colour, 1) + _points_of_runs(colour, size + 1)
    lost += _points_of_false_finders(dark, light, 1)
    lost += _points_of_false_finders(dark, light, size + 1)
    share = dark.bit_count() * 100 / size**2
    return lost + int(abs(share - 50) / 5) * 10


def _points_of_runs(colour: int, step: int) -> int:
    """Three points for five modules of one colour in a line, one for each that follows."""
    two = colour & colour >> step
    five = two & two >> 2 * step & colour >> 4 * step
    begins = five & ~(five << step)
    return five.bit_count() + 2 * begins.bit_count()


def _points_of_false_finders(dark: int, light: int, step: int) -> int:
    """Forty points for what looks like a finder pattern with four light modules beside it."""
    ends = dark & dark >> 6 * step & light >> step & light >> 5 * step
    finder = ends & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step
    two = light & light >> step
    four = two & two >> 2 * step
    return 40 * ((finder & four >> 7 * step).bit_count() + (finder & four << 4 * step).bit_count())


def as_svg_path(symbol: Symbol) -> str:
    """All dark modules as one SVG path, with room for the quiet zone (see `Symbol.view_box`)."""
    return "".join(
        f"M{x + QUIET} {y + QUIET}h{width}v{height}h-{width}z"
        for x, y, width, height in _blocks(symbol)
    )


def as_pdf_path(symbol: Symbol) -> str:
    """All dark modules as one filled PDF path, a unit per module, origin in the lower left."""
    top = symbol.size
    boxes = " ".join(
        f"{x} {top - y - height} {width} {height} re" for x, y, width, height in _blocks(symbol)
    )
    return f"{boxes} f"


def as_png(symbol: Symbol, scale: int, quiet: int = QUIET) -> bytes:
    """The symbol as a black and white PNG, `scale` pixels a module."""
    side = (symbol.size + 2 * quiet) * scale
    light = _scan_line("1" * side)
    edge = "1" * (quiet * scale)
    lines = [light] * (quiet * scale)
    for row in symbol.rows:
        dark_is_0 = "".join(("0" if dark else "1") * scale for dark in row)
        lines += [_scan_line(edge + dark_is_0 + edge)] * scale
    lines += [light] * (quiet * scale)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(lines), 9))
        + _chunk(b"IEND", b"")
    )


def _blocks(symbol: Symbol) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles that cover the dark modules: runs, grown down while the next row repeats them.

    Fewer and larger than modules: less to write, and no seams where a viewer smooths edges.
    """
    growing: dict[tuple[int, int], int] = {}
    for y, row in enumerate((*symbol.rows, b"")):
        runs = [match.span() for match in _DARK_RUN.finditer(row)]
        for start, end in [run for run in growing if run not in runs]:
            top = growing.pop((start, end))
            yield start, top, end - start, y - top
        for run in runs:
            growing.setdefault(run, y)


def _scan_line(bits: str) -> bytes:
    """One unfiltered PNG line, one bit a pixel, padded to whole bytes."""
    length = (len(bits) + 7) // 8
    return b"\0" + int(bits.ljust(length * 8, "1"), 2).to_bytes(length, "big")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
