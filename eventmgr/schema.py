"""Which version the database has, and which one this code asks for.

Without Alembic: a server only looks, and Alembic would take 9 MB of its memory (see `migrate`).
"""

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from eventmgr.db import db

HERE = Path(__file__).parent
INSIDE = HERE / "migrations"
MIGRATIONS = INSIDE if INSIDE.is_dir() else HERE.parent / "migrations"


def is_current() -> bool:
    """Whether the database is at the version of this code."""
    stored = db.session.execute(sa.text("SELECT version_num FROM alembic_version"))
    return stored.scalar() == newest()


@lru_cache(maxsize=1)
def newest() -> str:
    """Return the last migration's number, with which the name of its file begins."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*.py"))
