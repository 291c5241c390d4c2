import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.web.assets import asset, init_assets
from eventmgr.web.headers import SCANNER_POLICY

ROOT = Path(__file__).parent.parent.parent
FILES = {
    "site.css": "site-1A2B.css",
    "fira-400.woff2": "fira-400-3C4D.woff2",
    "decode-worker.js": "decode-worker-5E6F.js",
}


def an_app(static: Path) -> Flask:
    app = Flask("assets", static_folder=str(static), static_url_path="/static")
    init_assets(app)
    return app


@pytest.fixture
def built(tmp_path: Path) -> Flask:
    folder = tmp_path / "build"
    folder.mkdir()
    for name in FILES.values():
        (folder / name).write_text("plain", encoding="utf-8")
    (folder / "site-1A2B.css.br").write_text("brotli", encoding="utf-8")
    (folder / "site-1A2B.css.gz").write_text("gzip", encoding="utf-8")
    (folder / "site-1A2B.css.LEGAL.txt").write_text("licence", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(FILES), encoding="utf-8")
    (tmp_path / "pdf-fonts").mkdir()
    (tmp_path / "pdf-fonts" / "Fira.ttf").write_text("font", encoding="utf-8")
    return an_app(tmp_path)


@pytest.fixture
def browser(built: Flask) -> FlaskClient:
    return built.test_client()


def test_an_asset_is_found_by_the_name_of_its_source(built: Flask) -> None:
    with built.app_context():
        assert asset("site.css") == "/static/build/site-1A2B.css"


def test_an_unknown_asset_has_no_address(built: Flask) -> None:
    with built.app_context():
        assert asset("other.css") is None


def test_nothing_is_found_before_the_first_build(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    with app.app_context():
        assert asset("site.css") is None


def test_templates_may_ask_for_assets(built: Flask) -> None:
    with built.app_context():
        page = built.jinja_env.from_string("{{ asset('site.css') }} {{ asset('none') }}")
        assert page.render() == "/static/build/site-1A2B.css None"


def test_assets_may_be_kept_for_ever(browser: FlaskClient) -> None:
    answer = browser.get("/static/build/site-1A2B.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.text == "plain"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip, br", "brotli"), ("gzip", "gzip"), ("", "plain"), ("br;q=0", "plain")],
)
def test_a_browser_gets_the_smallest_twin_it_understands(
    browser: FlaskClient, accepted: str, sent: str
) -> None:
    answer = browser.get("/static/build/site-1A2B.css", headers={"Accept-Encoding": accepted})
    assert answer.text == sent
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_type == "text/css; charset=utf-8"


def test_a_known_version_is_not_sent_again(browser: FlaskClient) -> None:
    etag = browser.get("/static/build/site-1A2B.css").headers["ETag"]
    again = browser.get("/static/build/site-1A2B.css", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_decoder_may_compile_web_assembly(browser: FlaskClient) -> None:
    answer = browser.get("/static/build/decode-worker-5E6F.js")
    assert answer.headers["Content-Security-Policy"] == SCANNER_POLICY


def test_licences_of_bundled_libraries_are_served(browser: FlaskClient) -> None:
    assert browser.get("/static/build/site-1A2B.css.LEGAL.txt").text == "licence"


@pytest.mark.parametrize(
    "path",
    ["pdf-fonts/Fira.ttf", "build/manifest.json", "build/site-old.css", "build/../manifest.json"],
)
def test_nothing_else_is_served(browser: FlaskClient, path: str) -> None:
    assert browser.get(f"/static/{path}").status_code == 404


def test_every_kern_class_in_a_template_survives_the_build() -> None:
    """The build drops KERN rules that are not on its list, so the list must hold all we use."""
    kept = _listed_kern_classes((ROOT / "frontend/build/kern.mjs").read_text(encoding="utf-8"))
    used = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in re.findall(
            r"(?<!data-)kern-[a-z]+(?:[-_]+[a-z]+)*", page.read_text(encoding="utf-8")
        )
    }
    assert used - kept == set()


def _listed_kern_classes(source: str) -> set[str]:
    """Read the list as JavaScript would."""
    start = source.index("KERN_CLASSES = [")
    listing = source[start : source.index("\n];", start)]
    kinds = ["info", "success", "warning", "danger"]
    names = set(re.findall(r'^\s+"(kern-[\w-]+)",', listing, re.MULTILINE))
    for name, suffixes in re.findall(r'variants\("(kern-[\w-]+)", (.*)\)', listing):
        names.add(name)
        names |= {name + suffix for suffix in re.findall(r'"([_-][\w-]+)"', suffixes)}
        if "KINDS" in suffixes:
            names |= {f"{name}--{kind}" for kind in kinds}
    return names
