"""Write the next migration from what the models have and the present migrations do not build."""

import sys
from pathlib import Path

from eventmgr import create_app, migrate
from eventmgr.settings import load_settings

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"


def main(message: str) -> int:
    """Build a database in memory with the present migrations and compare it with the models."""
    if not message:
        print('Say why: make migration m="seats per room"')
        return 2
    number = f"{len(list(VERSIONS.glob('*.py'))) + 1:04d}"
    with create_app(load_settings(database_url="sqlite://", secret_key="-")).app_context():
        migrate.upgrade()
        migrate.write_migration(message, number)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(" ".join(sys.argv[1:])))
