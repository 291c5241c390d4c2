"""Built style sheets, scripts, fonts and pictures: their addresses in pages, and how they are sent.

`frontend/build.mjs` puts a hash of the content into each name and writes `manifest.json`, which
says which file is which. Without a build the pages are plain HTML and stay usable. All files are
read when the app starts: they are small, and a later build cannot take them from under it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from eventmgr.web.headers import SCANNER_POLICY

FOREVER = "public, max-age=31536000, immutable"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
MANIFEST = "manifest.json"
WORKER = "decode-worker"
"""A worker obeys the policy that its own file is sent with, and this one compiles WebAssembly."""


@dataclass(frozen=True)
class Assets:
    """What the build left: names of built files by those of their sources, and their content."""

    names: dict[str, str]
    files: dict[str, bytes]

    def smallest(self, name: str) -> tuple[str, str]:
        """Return coding and name of the smallest twin that the browser understands."""
        for coding, suffix in ENCODINGS.items():
            if request.accept_encodings.quality(coding) and name + suffix in self.files:
                return coding, name + suffix
        return "", name


def asset(name: str) -> str | None:
    """Return the address of a built file by the name of its source, None where it is not built."""
    built: Assets = current_app.extensions["assets"]
    known = name in built.names
    return f"{current_app.static_url_path}/build/{built.names[name]}" if known else None


def init_assets(app: Flask) -> None:
    """Read what was built and serve it; fonts for paper, beside it, are not for browsers."""
    app.extensions["assets"] = _read(Path(app.static_folder or "") / "build")
    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = _static


def _read(folder: Path) -> Assets:
    if not (folder / MANIFEST).exists():
        return Assets({}, {})
    names = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MANIFEST}
    return Assets(names, files)


def _static(filename: str) -> Response:
    """Send a built file, to be kept for ever."""
    built: Assets = current_app.extensions["assets"]
    name = filename.removeprefix("build/")
    if not filename.startswith("build/") or name not in built.files:
        abort(404)
    coding, twin = built.smallest(name)
    response = Response(built.files[twin], mimetype=TYPES.get(Path(name).suffix, "text/plain"))
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    if name.startswith(WORKER):
        response.headers["Content-Security-Policy"] = SCANNER_POLICY
    response.set_etag(twin)
    response.make_conditional(request)
    return response
