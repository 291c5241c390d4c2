"""The recorded table of addresses and who may call them; `python -m tests.routes` writes it.

Printed QR codes, subscribed calendars and mailed links must work for ever: a line of `routes.txt`
goes only with a redirect in its place, and a looser access level is a decision, not an accident.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from eventmgr.web.access import level_of
from tests.databases import Sqlite

TABLE = Path(__file__).with_suffix(".txt")


def table(app: Flask) -> list[str]:
    """Return one line per address: access level, methods, address."""
    return sorted(
        f"{level_of(app, rule.endpoint)!s:10} {_methods(rule.methods):12} {_address(rule.rule)}"
        for rule in app.url_map.iter_rules()
    )


def _address(rule: str) -> str:
    """Leave out how a part is read; `<int(max=9):number>` and `<number>` are one address."""
    return re.sub(r"<[^:<>]*:(\w+)>", r"<\1>", rule)


def _methods(methods: set[str] | None) -> str:
    return "+".join(sorted((methods or set()) - {"HEAD", "OPTIONS"}))


def recorded() -> list[str]:
    """Return the lines that were written last."""
    return TABLE.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        lines = table(Sqlite(Path(folder)).app)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
