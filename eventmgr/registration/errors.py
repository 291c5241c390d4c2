"""What can be in the way of a registration."""


class SignUpClosed(Exception):  # noqa: N818 - errors say what went wrong
    """Sign-up is not open: too early, too late, cancelled or over."""
