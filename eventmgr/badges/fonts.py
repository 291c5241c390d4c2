"""The faces that paper is set in, and which letters each of them has.

The fonts come from packages and are built into `static/pdf-fonts`. A text is set in the first face
of its chain that has the letter, so Fira Sans carries what it can and the rest follows. Faces
are opened when first asked for a letter: the Chinese one is large and seldom needed. Another
script needs only its Noto font in that folder. Where nothing was built, reportlab's own Vera is
used, which still prints western names.
"""

from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BUILT = Path(__file__).parent.parent / "static" / "pdf-fonts"
_VERA = Path(reportlab.__file__).parent / "fonts"


class Weight(Enum):
    """A weight, with the files that may carry it in order of preference."""

    LIGHT = ("FiraSans*Light.ttf", "DejaVuSans.ttf", "NotoSansSC*Regular.ttf", "Noto*Regular.ttf")
    REGULAR = ("FiraSans*Regular.ttf", *LIGHT[1:])
    BOLD = ("FiraSans*SemiBold.ttf", "DejaVuSans-Bold.ttf", "NotoSansSC*Bold.ttf", "Noto*Bold.ttf")


class Face:
    """One font file, opened when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)
        """The key under which reportlab knows the font; it does not get into the PDF."""

    @cached_property
    def _font(self) -> TTFont:
        # Not "ASCII readable": only the letters used are embedded.
        font = TTFont(self.name, str(self._path), asciiReadable=False, shapable=False)
        pdfmetrics.registerFont(font)
        return font

    @property
    def is_open(self) -> bool:
        """Whether the file has been read already."""
        return "_font" in self.__dict__

    def covers(self, text: str) -> bool:
        """Whether every letter of the text has a glyph here."""
        glyphs: dict[int, int] = self._font.face.charToGlyph
        return glyphs.keys() >= set(map(ord, text))

    def width(self, text: str) -> float:
        """The width of a text that is covered, in ems."""
        face = self._font.face
        widths: dict[int, float] = face.charWidths
        default = float(face.defaultWidth or 0)
        return sum(widths.get(ord(letter), default) for letter in text) / 1000


class Fonts:
    """All faces of one folder, as a chain for each weight."""

    def __init__(self, folder: Path) -> None:
        self._faces: dict[Path, Face] = {}
        self.chains = {weight: self._chain(folder, weight) for weight in Weight}

    def _chain(self, folder: Path, weight: Weight) -> tuple[Face, ...]:
        found = [path for pattern in weight.value for path in _shortest_first(folder, pattern)]
        found = found or [_VERA / ("VeraBd.ttf" if weight is Weight.BOLD else "Vera.ttf")]
        return tuple(self._faces.setdefault(path, Face(path)) for path in dict.fromkeys(found))


@lru_cache(maxsize=4)
def fonts_in(folder: Path = BUILT) -> Fonts:
    """The faces of a folder, read once for each process."""
    return Fonts(folder)


def _shortest_first(folder: Path, pattern: str) -> list[Path]:
    """Files of that pattern; the shortest name is the plain face ("Light" before "ExtraLight")."""
    return sorted(folder.glob(pattern), key=lambda path: (len(path.name), path.name))
