"""What can be wrong with a password or a sign-in; pages say it in the reader's language."""


class WeakPassword(ValueError):
    """A password that would be guessed or cannot be stored."""


class PasswordTooShort(WeakPassword):
    """Fewer characters than a guessing machine needs time for."""


class PasswordTooLong(WeakPassword):
    """More characters than anybody types."""


class PasswordTellsWord(WeakPassword):
    """It contains what everybody knows: the person's name, the address, the programme."""

    def __init__(self, word: str) -> None:
        """Remember the word."""
        super().__init__(f"the password contains “{word}”")
        self.word = word
