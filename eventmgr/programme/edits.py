"""Two people edit the same thing: whoever saves second is told, and nothing is lost.

A form carries the number of the last line of history that its maker had seen.
"""

from typing import Any

from eventmgr.accounts import history
from eventmgr.accounts.models import Change
from eventmgr.web.typed import small_number


class ChangedMeanwhile(Exception):
    """Somebody has changed it since the form was opened."""

    def __init__(self, changes: list[Change]) -> None:
        """Remember the lines of history since then, newest first."""
        super().__init__(len(changes))
        self.changes = changes


def last_seen(subject: str, subject_id: int) -> str:
    """Return the number of the newest line of history, for a form to carry."""
    newest = history.changes_of(subject, subject_id, limit=1)
    return str(newest[0].id) if newest else "0"


def ensure_unchanged(subject: str, subject_id: int, seen: str | None) -> None:
    """Raise ChangedMeanwhile where history has gone on since."""
    number = small_number(seen) or 0
    since = [change for change in history.changes_of(subject, subject_id) if change.id > number]
    if since:
        raise ChangedMeanwhile(since)


def is_change(row: object, values: dict[str, Any]) -> bool:
    """Whether these values differ from what is stored; saving twice the same is no conflict."""
    return any(getattr(row, name) != value for name, value in values.items())
