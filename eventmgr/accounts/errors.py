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


class OtherSecretKey(Exception):
    """The secret key is not the one that this database was filled with."""

    def __init__(self) -> None:
        """Say what it would break, and what to do."""
        super().__init__(
            "The secret key is not the one this database was used with: links in new letters would "
            "lead nowhere and newly printed tickets would be unknown. Put the old key back "
            "(SECRET_KEY, or DATA_DIR/secret_key); if it is lost for good: eventmgr accept-key."
        )
