"""Text into a box: the largest size at which all of it fits, never cut and never overlapping."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eventmgr.badges.text import Line, Typeface, clusters, prepared

type Steps = tuple[tuple[float, int], ...]

_CAPITAL_WITH_ACCENT = re.compile("[À-ÖØ-Þ]|[^\x00-\x7f](?<=[^\W\d_])")
_AFTER_HYPHEN = re.compile(r"(?<=[-‐–/@.])(?=\w)")


@dataclass(frozen=True, slots=True)
class Ladder:
    """Sizes to try, each with the most lines it may take.

    `whole` keeps words whole (only a hyphen of their own divides them), `broken` divides a word
    that would otherwise have to be set too small to read.
    """

    whole: Steps
    broken: Steps
    leading: float = 1.25


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit, with their size and the distance of their baselines in points."""

    lines: tuple[Line, ...]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """From the top of the first capital to the lowest descender of the last line."""
        return block_height(len(self.lines), self.size, self.leading)
