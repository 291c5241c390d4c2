"""What can be in the way of a registration."""


class SignUpClosed(Exception):
    """Sign-up is not open: too early, too late, cancelled or over."""
