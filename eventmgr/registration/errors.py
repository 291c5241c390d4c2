"""What can be in the way of a registration."""


class TooManySignUps(Exception):
    """One network has sent more sign-ups within an hour than people are likely to."""

    def __init__(self, wait: int) -> None:
        """Remember how many seconds it has to wait."""
        super().__init__(wait)
        self.wait = wait


class SignUpClosed(Exception):
    """Sign-up is not open: too early, too late, cancelled or over."""
