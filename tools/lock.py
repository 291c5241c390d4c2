"""Write requirements/*.txt: exact releases with hashes, for any index or mirror of one.

`run.txt` is what the site needs, `dev.txt` adds what its tests and checks need (the same releases),
`node.txt` is Node.js for machines that have none.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    f"{sys.executable} -m piptools compile --quiet --upgrade --generate-hashes --strip-extras"
    " --allow-unsafe --no-emit-options --no-emit-index-url --no-emit-find-links"
    " --no-emit-trusted-host"
)
LOCKS = {
    "run": "pyproject.toml",
    "dev": "--extra dev --constraint requirements/run.txt pyproject.toml",
    "node": "requirements/node.in",
}


def lock(name: str, sources: str) -> None:
    """Resolve one set of packages and write its file."""
    print(f"requirements/{name}.txt …")
    command = f"{COMPILE} --output-file requirements/{name}.txt {sources}".split()
    environment = {**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    for name, sources in LOCKS.items():
        lock(name, sources)
