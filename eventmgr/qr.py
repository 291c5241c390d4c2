"""QR symbols: text in, modules out, drawn as SVG, PNG or PDF. The only door to `qrcode`.

Looking for the best of the eight masks takes about four fifths of the time, and the answer never
changes for a text. So whoever keeps a code also keeps `best_mask(code)` beside it and hands it in.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData

QUIET = 4
"""Light modules that the standard asks for on every side."""

_DARK_RUN = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class Symbol:
    """The modules of one QR symbol without its quiet zone; in `rows` 1 is dark and 0 is light."""

    size: int
    rows: tuple[bytes, ...]
    mask: int

    @property
    def view_box(self) -> str:
        """The SVG viewBox that shows `as_svg_path` with its quiet zone."""
        return f"0 0 {self.size + 2 * QUIET} {self.size + 2 * QUIET}"


def symbol(text: str, mask: int | None = None) -> Symbol:
    """The smallest symbol at level M that holds the text; without a mask the best one is sought."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    # One segment only: cut into several, a code that fits alphanumeric mode would grow.
    code.add_data(QRData(text.encode()))
    chosen = code.best_mask_pattern() if mask is None else mask
    code.mask_pattern = chosen
    code.make()
    return Symbol(code.modules_count, tuple(bytes(map(bool, row)) for row in code.modules), chosen)


def best_mask(text: str) -> int:
    """The mask that the standard prefers for this text: keep it with the text."""
    return symbol(text).mask


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
