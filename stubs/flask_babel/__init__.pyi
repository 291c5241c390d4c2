"""The part of Flask-Babel that this project uses; the library ships no types."""

from collections.abc import Callable

from flask import Flask

class Babel:
    def __init__(self, *, configure_jinja: bool = ...) -> None: ...
    def init_app(self, app: Flask, *, locale_selector: Callable[[], str] | None = ...) -> None: ...
