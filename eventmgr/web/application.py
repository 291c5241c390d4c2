"""The application object: Flask, but its log says no secret."""

from typing import Any

from flask import Flask, request


class Application(Flask):
    """Flask, whose log names the page by its endpoint: the paths of personal pages are secrets."""

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - as Flask has it
        """Log an exception that no page was prepared for."""
        self.logger.error(
            "Exception in %s [%s]", request.endpoint, request.method, exc_info=exc_info
        )
