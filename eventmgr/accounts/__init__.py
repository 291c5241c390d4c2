"""TO BE WRITTEN by the owner of this room: one sentence."""

from flask import Flask


def init(app: Flask) -> None:
    """Register this room's pages."""
