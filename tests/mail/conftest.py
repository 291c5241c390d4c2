from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.mail.sink import Sink, running


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """Give a mail server that the app sends its letters to."""
    with running(Sink()) as started:
        settings = replace(app.extensions["settings"], mail_url=started.url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield started
