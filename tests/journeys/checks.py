"""What is checked on every page: accessibility, valid HTML, weight, width."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.journeys.stage import DESKTOP, PHONE
from tools.assets import node_folder

PACKAGES = Path(__file__).parent.parent / "node_modules"
HEAVIEST = 100_000
NARROWEST: ViewportSize = {"width": 320, "height": 640}

ALL_RULES: dict[str, Any] = {}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

LOADED = """
    () => ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
        .filter((entry) => entry.initiatorType === "navigation" || /\\.(css|js)$/.test(entry.name))
        .map((entry) => [entry.encodedBodySize, entry.name])
"""
TOO_WIDE = """
    () => [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => element.outerHTML.slice(0, 120))
        .slice(0, 4)
"""


def problems_of_access(page: Page) -> list[str]:
    """Ask axe in light and dark, on a desk and on a phone; of colours where the rest is equal."""
    page.evaluate(_axe())
    found = _violations(page, "desk, light", ALL_RULES)
    page.emulate_media(color_scheme="dark")
    found += _violations(page, "desk, dark", COLOURS)
    page.set_viewport_size(PHONE)
    found += _violations(page, "phone, dark", ALL_RULES)
    page.emulate_media(color_scheme="light")
    found += _violations(page, "phone, light", COLOURS)
    page.set_viewport_size(DESKTOP)
    return found


@cache
def _axe() -> str:
    return (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def _violations(page: Page, where: str, options: dict[str, Any]) -> list[str]:
    run = "(options) => axe.run(document, {resultTypes: ['violations'], ...options})"
    return [
        f"axe, {where}: {violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in page.evaluate(run, options)["violations"]
        for node in violation["nodes"]
    ]


def problems_of_width(page: Page) -> list[str]:
    """Look for what sticks out of the narrowest screen."""
    page.set_viewport_size(NARROWEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width <= NARROWEST["width"]:
        return []
    return [
        f"{width} px wide on {NARROWEST['width']}: {found}" for found in page.evaluate(TOO_WIDE)
    ]


def problems_of_weight(page: Page) -> list[str]:
    """Add up what the page, its style sheets and its scripts weigh on their way."""
    loaded = page.evaluate(LOADED)
    total = sum(size for size, _name in loaded)
    return [f"{total} bytes: {loaded}"] if total > HEAVIEST else []


class HtmlChecker:
    """A process that checks HTML by the rules of html-validate."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Talk with this process."""
        self._process = process

    def problems_of(self, html: str) -> list[str]:
        """Return what is wrong with a document."""
        ask, answer = self._process.stdin, self._process.stdout
        assert ask
        assert answer
        ask.write(json.dumps(html) + "\n")
        ask.flush()
        return [f"html: {problem}" for problem in json.loads(answer.readline())]


@contextmanager
def html_checker() -> Iterator[HtmlChecker]:
    """Start the process and end it."""
    script = Path(__file__).parent / "html_check.mjs"
    command = [node_folder() / "node", script]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield HtmlChecker(process)
