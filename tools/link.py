"""Make this clone importable in its own .venv and put the command `eventmgr` beside python."""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = f"""#!{sys.executable}
from eventmgr.cli import main

raise SystemExit(main())
"""


def link() -> None:
    """Write a path file and a script: what an editable install does, without building a package."""
    Path(sysconfig.get_path("purelib"), "eventmgr.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts"), "eventmgr")
    command.write_text(COMMAND, encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    link()
