"""Entry point for WSGI servers and for `flask --app wsgi …`."""

from eventmgr import create_app

app = create_app()
