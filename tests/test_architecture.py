"""Rules for the whole house that no linter knows."""

import subprocess
from pathlib import Path

from flask import Flask
from importlinter.cli import lint_imports

from eventmgr.web.access import level_of
from tests import routes

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = (
    "pypi" + ".org",
    "files.python" + "hosted",
    "registry." + "npmjs",
    "deb." + "debian",
    "/wo" + "rk/",
    "/ro" + "ot/",
    "sha" + "red/facts",
)


def test_every_endpoint_says_who_may_call_it(app_alone: Flask) -> None:
    undeclared = [name for name in app_alone.view_functions if not level_of(app_alone, name)]
    assert undeclared == []


def test_no_recorded_address_disappears_or_changes_who_may_call_it(app_alone: Flask) -> None:
    lost = set(routes.recorded()) - set(routes.table(app_alone))
    assert sorted(lost) == [], "printed codes and subscribed feeds live on: keep it or redirect"


def test_every_address_is_recorded(app_alone: Flask) -> None:
    new = set(routes.table(app_alone)) - set(routes.recorded())
    assert sorted(new) == [], "decide that it shall live for ever, then: python -m tests.routes"


def test_imports_go_down_the_map_only() -> None:
    assert lint_imports() == 0


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    search = ["git", "grep", "-I", "-l", "-F", *(f"-e{text}" for text in FOREIGN), "--", "."]
    found = subprocess.run(search, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.stdout.splitlines() == []
