"""From a text to what is set: letters in the right order, joined, each in a face that has it."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display

from eventmgr.badges.fonts import Face, Fonts, Weight

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_ARABIC = re.compile("[\u0600-\u08ff]")
# Vowel points need a shaping engine to sit right, and names are read without them; variation
# selectors only choose between a letter and its emoji.
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u0652\u0670\ufe00-\ufe0f]")
_JOINERS = re.compile("[\u200c\u200d]")
_NO_GLYPH = "□"

_reshaper = ArabicReshaper({"ARABIC LIGATURE ALLAH": False, "delete_tatweel": False})


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on paper, left to right, in runs of one face each."""

    runs: tuple[tuple[Face, str], ...]
    width: float
    """In ems, tracking included."""


class Typeface:
    """A weight with all its faces; `tracking` in ems loosens or tightens Latin, Greek, Cyrillic."""

    def __init__(self, fonts: Fonts, weight: Weight, tracking: float = 0.0) -> None:
        self._chain = fonts.chains[weight]
        self.tracking = tracking
        # Fitting asks for the same words at every size, and one sheet repeats many of them.
        self._known: dict[str, float] = {}

    def line(self, text: str) -> Line:
        """Set one line of a prepared text (see `prepared`) in visual order."""
        if _RIGHT_TO_LEFT.search(text):
            # The package's older algorithm, because only it turns brackets round.
            text = get_display(text)
        runs = tuple(self._runs(_JOINERS.sub("", text)))
        return Line(runs, sum(self.run_width(face, run) for face, run in runs))

    def width(self, text: str) -> float:
        """The width of a prepared text in ems; the order of its letters does not matter."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._measured(text)
        return known

    def _measured(self, text: str) -> float:
        return sum(self.run_width(face, run) for face, run in self._runs(_JOINERS.sub("", text)))

    def is_first(self, face: Face) -> bool:
        """Whether this face is the one the house is set in."""
        return face is self._chain[0]

    def run_width(self, face: Face, run: str) -> float:
        """The width of one run in ems."""
        return face.width(run) + (self.tracking * len(run) if self.is_first(face) else 0.0)

    def has(self, cluster: str) -> bool:
        """Whether some face has all of this letter with its accents."""
        return any(face.covers(cluster) for face in self._chain)

    def _runs(self, text: str) -> list[tuple[Face, str]]:
        first = self._chain[0]
        if first.covers(text):
            return [(first, text)] if text else []
        placed = [self._place(cluster) for cluster in clusters(text)]
        return [
            (face, "".join(letters for _, letters in run))
            for face, run in groupby(filter(lambda item: item[1], placed), key=lambda item: item[0])
        ]

    def _place(self, cluster: str) -> tuple[Face, str]:
        """The first face that has this cluster; its base alone, or a box, where none has all."""
        for letters in (cluster, cluster[0], _stand_in(cluster)):
            for face in self._chain:
                if face.covers(letters):
                    return face, letters
        return self._chain[0], "?"


def prepared(text: str) -> str:
    """The text composed, in one line, its Arabic letters joined, nothing invisible left."""
    text = _POINTS.sub("", unicodedata.normalize("NFC", text))
    if not text.isprintable():
        text = "".join(map(_visible, text))
    text = " ".join(text.split())
    return _reshaper.reshape(text) if _ARABIC.search(text) else text


def clusters(text: str) -> list[str]:
    """The letters of a text, each with the accents that follow it."""
    found: list[str] = []
    for letter in text:
        if found and unicodedata.combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def unprintable(fonts: Fonts, text: str) -> str:
    """The letters of a text for which no face has a glyph; a box stands for each on paper."""
    face = Typeface(fonts, Weight.BOLD)
    missing = (c for c in clusters(prepared(text)) if not face.has(c) and _stand_in(c))
    return "".join(dict.fromkeys(missing))


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc" or letter.isspace():
        return " "
    return "" if category[0] == "C" and not _JOINERS.match(letter) else letter


def _stand_in(cluster: str) -> str:
    """A box for a letter or figure that no face has; nothing for emoji and other ornament."""
    return _NO_GLYPH if unicodedata.category(cluster[0])[0] in "LNM" else ""
