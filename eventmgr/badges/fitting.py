"""Text into a box: the largest size at which all of it fits, never cut and never overlapping."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from eventmgr.badges.text import Line, Typeface, clusters, prepared

Steps = tuple[tuple[float, int], ...]

CAP_HEIGHT = 0.69
"""Height of capitals of Fira Sans in ems: a block's top is the top of its capitals."""
DESCENT = 0.24
_SHORT = 3
"""Running text of up to so many lines is balanced; a paragraph keeps its full measure."""

_AFTER_HYPHEN = re.compile(r"(?<=[-‐–/@.])(?=\w)")
_WITHOUT_SPACES = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Ladder:
    """Sizes to try from the largest, each with the most lines it may take.

    `whole` keeps words whole, but for hyphens of their own; `broken` divides a word that would
    otherwise have to be set too small to read. `leading` is the least distance of lines in ems.
    """

    whole: Steps
    broken: Steps
    leading: float = 1.25


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit, with their size and the distance of their baselines, both in points."""

    lines: tuple[Line, ...]
    size: float
    leading: float

    rise: float = CAP_HEIGHT
    """Height of the tallest letters without accents in ems: other scripts fill more of it."""

    @property
    def height(self) -> float:
        """From the top of the first capitals to the descenders of the last line."""
        if not self.lines:
            return 0.0
        return (len(self.lines) - 1) * self.leading + (self.rise + DESCENT) * self.size

    @property
    def cap_height(self) -> float:
        """From the top of the first capitals to the last baseline, for centring by eye."""
        return self.height - DESCENT * self.size if self.lines else 0.0


def fit(text: str, face: Typeface, ladder: Ladder, width: float, height: float) -> Block:
    """Set a text as large as its box and its ladder allow."""
    return _fit(prepared(text), face, ladder, width, height, name=False)


def fit_name(text: str, face: Typeface, ladder: Ladder, width: float, height: float) -> Block:
    """Set a person's name: as `fit`, and the last of its words begins a line of its own."""
    return _fit(prepared(text), face, ladder, width, height, name=True)


def wrap(text: str, face: Typeface, size: float, width: float, leading: float = 1.4) -> Block:
    """Set running text at one size, in as many lines as it takes."""
    words = prepared(text).split()
    lines = _filled(words, face, width / size, anywhere=True) or []
    if len(lines) <= _SHORT:
        lines = _balanced(lines, words, face)
    return _block(lines, face, size, leading)


def _fit(
    text: str, face: Typeface, ladder: Ladder, width: float, height: float, *, name: bool
) -> Block:
    words = text.split()
    if not words:
        return Block((), ladder.whole[0][0], 0.0)
    for size, most, anywhere in _tries(ladder):
        lines = _filled(words, face, width / size, anywhere=anywhere)
        if lines and not anywhere:
            lines = _divided_well(lines, words, face, most, name=name)
        if lines and len(lines) <= most:
            block = _block(lines, face, size, ladder.leading)
            if block.height <= height:
                return block
    raise AssertionError("unreachable: sizes go on until the text fits")


def _tries(ladder: Ladder) -> Iterator[tuple[float, int, bool]]:
    """The steps of a ladder, then ever smaller sizes with ever more lines."""
    yield from ((size, most, False) for size, most in ladder.whole)
    yield from ((size, most, True) for size, most in ladder.broken)
    size, most = ladder.broken[-1]
    while True:
        size, most = size * 0.85, most + 2
        yield size, most, True


def _filled(
    words: list[str], face: Typeface, measure: float, *, anywhere: bool
) -> list[str] | None:
    """Lines filled one after the other, or nothing where a word is wider than the measure."""
    lines: list[str] = []
    space = face.width(" ")
    room = -1.0
    for word in words:
        width = face.width(word)
        if lines and space + width <= room:
            lines[-1] += " " + word
            room -= space + width
        elif width <= measure:
            lines.append(word)
            room = measure - width
        else:
            parts = _divided(word, face, measure, anywhere=anywhere)
            if parts is None:
                return None
            lines += parts
            room = measure - face.width(parts[-1])
    return lines


def _divided(word: str, face: Typeface, measure: float, *, anywhere: bool) -> list[str] | None:
    """A word that is wider than a line, divided at its hyphens or, as a last resort, anywhere."""
    pieces = clusters(word) if _WITHOUT_SPACES.search(word) else _AFTER_HYPHEN.split(word)
    lines: list[str] = []
    for piece in pieces:
        if lines and face.width(lines[-1] + piece) <= measure:
            lines[-1] += piece
        elif face.width(piece) <= measure:
            lines.append(piece)
        elif anywhere and len(letters := clusters(piece)) > 1:
            for letter in letters:
                if lines and face.width(lines[-1] + letter) <= measure:
                    lines[-1] += letter
                else:
                    lines.append(letter)
        else:
            return None
    return lines


def _divided_well(
    lines: list[str], words: list[str], face: Typeface, most: int, *, name: bool
) -> list[str]:
    """Lines of like length; for a name of up to two lines, as many given names as fit on one."""
    if not name or len(lines) > 2:
        return _balanced(lines, words, face)
    if len(lines) == 2 or len(words) == 1 or most == 1 or _WITHOUT_SPACES.search(lines[0]):
        return lines
    return [" ".join(words[:-1]), words[-1]]


def _balanced(lines: list[str], words: list[str], face: Typeface) -> list[str]:
    """The same number of lines, as even as they get: the narrowest measure that yields no more."""
    if len(lines) < 2:
        return lines
    widest = max(map(face.width, lines))
    narrow = widest / 2
    for _ in range(6):
        middle = (narrow + widest) / 2
        tried = _filled(words, face, middle, anywhere=False)
        if tried and len(tried) <= len(lines):
            lines, widest = tried, middle
        else:
            narrow = middle
    return lines


def _block(lines: list[str], face: Typeface, size: float, leading: float) -> Block:
    set_lines = tuple(face.line(line) for line in lines)
    if any(not face.is_first(used) for line in set_lines for used, _ in line.runs):
        return Block(set_lines, size, size * max(leading, 1.2), rise=0.8)
    # Accents on capitals need room below the descenders of the line before.
    least = 1.2 if any(map(_is_tall, "".join(lines[1:]))) else 1.0
    return Block(set_lines, size, size * max(leading, least))


def _is_tall(letter: str) -> bool:
    """Whether the letter rises above capitals: a capital with an accent, or two accents."""
    marks = len(unicodedata.normalize("NFD", letter)) - 1
    return marks > (0 if letter.isupper() else 1)
