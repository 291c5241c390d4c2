"""The production server: granian, with this app and its worker in the processes that answer."""

import gc
import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.errors import FatalError
from granian.log import LogLevels

from eventmgr import accounts, create_app, registration
from eventmgr.mail import worker
from eventmgr.settings import load_settings

THREADS = 8
CHORES = (
    registration.expire_holds,
    registration.forget_needs,
    registration.forget_people,
    accounts.forget_old_tries,
)
"""What the worker does from time to time, beside delivering letters."""


def serve_app() -> Flask:
    """Build the app of a server process, with a worker thread unless there are worker processes."""
    settings = load_settings()
    app = create_app(settings)
    if settings.run_worker:
        worker.start_thread(app, CHORES)
    return app


def serve(host: str, port: int, processes: int) -> None:
    """Serve the site until interrupted.

    Granian forks the processes that answer from this one (where the system can), so they start with
    all code loaded and share its memory. Freezing lets it stay shared: garbage collection writes to
    all that it looks at.
    """
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
    granian = Granian(
        "eventmgr.server:serve_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
    )
    try:
        granian.serve()
    except FatalError:  # granian has said why
        sys.exit(1)
