"""Draws the pictures that must be pixels: what other sites show of a shared page, home-screen icon.

By hand, when an SVG here changes: .venv/bin/python frontend/images/sources/draw.py (needs Chromium).
"""

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SIZES = {"share": (1200, 630), "touch-icon": (180, 180)}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    for name, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto((HERE / f"{name}.svg").as_uri())
        page.screenshot(path=HERE.parent / f"{name}.png")
    browser.close()
