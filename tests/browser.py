"""Where the browser for the journeys is; none is ever downloaded."""

import os
import shutil
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # in containers, and as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # ask nobody but the server under test
    "--disable-component-update",
    "--disable-sync",
]


@cache
def chromium() -> str | None:
    """Return the path of a Chromium of this machine."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next((path for path in map(shutil.which, NAMES) if path), None)
