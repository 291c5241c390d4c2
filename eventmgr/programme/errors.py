"""What can be wrong with a change to the programme; the form says it in the reader's language."""


class NoSuchLocalTime(ValueError):  # noqa: N818 - errors say what went wrong
    """The clocks jump over this time at that place."""


class AmbiguousLocalTime(ValueError):  # noqa: N818
    """The clocks show this time twice at that place; the first or the second must be chosen."""


class EndsBeforeStart(ValueError):  # noqa: N818
    """An event cannot end before it begins."""


class CapacityBelowTaken(ValueError):  # noqa: N818
    """More places are already taken than the new capacity offers."""

    def __init__(self, taken: int) -> None:
        """Remember how many are taken."""
        super().__init__(taken)
        self.taken = taken
