"""Built style sheets, scripts, fonts and pictures: their addresses in pages, and how they are sent.

`frontend/build.mjs` puts a hash of the content into each name and writes `manifest.json`, which
says which file is which. Without a build the pages are plain HTML and stay usable.
"""

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from eventmgr.web.headers import SCANNER_POLICY

FOREVER = "public, max-age=31536000, immutable"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
WORKER = "decode-worker"
"""A worker obeys the policy that its own file is sent with, and this one compiles WebAssembly."""


def asset(name: str) -> str | None:
    """Return the address of a built file by the name of its source, None where it is not built."""
    built: str | None = current_app.extensions["assets"].get(name)
    return f"{current_app.static_url_path}/build/{built}" if built else None


def init_assets(app: Flask) -> None:
    """Read the manifest and serve what it names; other files of the folder are not for browsers."""
    folder = Path(app.static_folder or "") / "build"
    manifest = _manifest(folder)
    sent = {name for name in manifest.values() if not name.endswith(".json")}
    app.extensions["assets"] = manifest
    app.jinja_env.globals["asset"] = asset

    def static(filename: str) -> Response:
        name = filename.removeprefix("build/")
        licence = name.removesuffix(".LEGAL.txt")
        return _send(folder, name) if {name, licence} & sent else abort(404)

    app.view_functions["static"] = static


def _manifest(folder: Path) -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return names


def _send(folder: Path, name: str) -> Response:
    """Send the smallest twin that the browser understands, to be kept for ever."""
    encoding, suffix = _encoding(folder, name)
    response = Response(_content(folder / (name + suffix)), mimetype=_mimetype(name))
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if name.startswith(WORKER):
        response.headers["Content-Security-Policy"] = SCANNER_POLICY
    response.set_etag(name + suffix)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=64)
def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else abort(404)


def _encoding(folder: Path, name: str) -> tuple[str, str]:
    for encoding, suffix in ENCODINGS.items():
        if request.accept_encodings.quality(encoding) and (folder / (name + suffix)).is_file():
            return encoding, suffix
    return "", ""


MIMETYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}


def _mimetype(name: str) -> str:
    return MIMETYPES.get(Path(name).suffix, "text/plain")
