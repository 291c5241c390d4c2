"""What can be wrong with a change to the programme; the form says it in the reader's language."""


class NoSuchLocalTime(ValueError):
    """The clocks jump over this time at that place."""


class AmbiguousLocalTime(ValueError):
    """The clocks show this time twice at that place; the first or the second must be chosen."""


class EndsBeforeStart(ValueError):
    """An event cannot end before it begins."""


class CapacityBelowTaken(ValueError):
    """More places are already taken than the new capacity offers."""

    def __init__(self, taken: int) -> None:
        """Remember how many are taken."""
        super().__init__(taken)
        self.taken = taken
