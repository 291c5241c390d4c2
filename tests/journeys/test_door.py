"""At the door in a real browser: the camera reads a printed badge, a lost network loses nothing."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image, ImageFilter
from playwright.sync_api import ConsoleMessage, Page, Playwright, Request, Route, expect

from eventmgr import qr
from eventmgr.accounts import keys
from eventmgr.badges import pdf, service
from eventmgr.badges.layouts import LAYOUTS
from eventmgr.checkin.models import CheckIn
from eventmgr.clock import now
from eventmgr.db import db, transaction
from tests.browser import FLAGS, chromium
from tests.checkin.door_cast import Desk, Person, a_desk, a_person, an_event_today
from tests.conftest import Databases
from tests.databases import app_on
from tests.servers import LiveServer, live_server

pytestmark = pytest.mark.journey

FRAME = (1280, 720)
PATIENCE = 20_000
T = TypeVar("T")
EMPTY_WEBASSEMBLY = """
    WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
        .then(() => "compiled", String)
"""


@dataclass(frozen=True)
class Stage:
    """A server with an event at whose door Ada arrives."""

    server: LiveServer
    desk: Desk
    ada: Person
    badge: Image.Image

    @property
    def link(self) -> str:
        """The link that the office gave to the device."""
        return f"{self.server.url}/door/open/{self.desk.token}"


@pytest.fixture(scope="module")
def server(databases: Databases) -> Iterator[LiveServer]:
    """Serve SQLite: what a browser sees does not depend on the database."""
    with live_server(databases["sqlite"]) as running:
        yield running


@pytest.fixture
def stage(server: LiveServer) -> Stage:
    return arranged(app_on(server.database_url, server.data_dir), server)


def arranged(app: Flask, server: LiveServer) -> Stage:
    """Put the event, Ada and her printed badge in place."""
    with app.app_context():
        desk = a_desk(an_event_today(title={"de": "Wasserstoff in der Gießerei"}))
        ada = a_person(desk.event_id, "Małgorzata Weißgerber-Šołćina")
        paper = pdf.render_badges(service.badges_of(desk.event_id), LAYOUTS["a6"])
        db.session.remove()
        db.engine.dispose()
    return Stage(server, desk, ada, pypdfium2.PdfDocument(paper)[0].render(scale=2.6).to_pil())


def frames(badge: Image.Image) -> Iterator[Image.Image]:
    """Show the badge for two seconds, then nothing for four, at thirty frames a second."""
    held = badge.convert("RGB").rotate(7, expand=True, fillcolor="#777")
    held = held.filter(ImageFilter.GaussianBlur(0.7))
    for number in range(180):
        frame = Image.new("RGB", FRAME, "#777")
        if number < 60:
            left = (FRAME[0] - held.width) // 2 + number % 12
            frame.paste(held, (left, FRAME[1] - held.height))  # the code is in the lower part
        yield frame


@contextmanager
def a_phone(playwright: Playwright, stage: Stage, *flags: str) -> Iterator[Page]:
    """Open the door's link on a phone; nothing may be blocked, fail or come from elsewhere."""
    browser = playwright.chromium.launch(
        executable_path=chromium(), args=[*FLAGS, "--use-fake-ui-for-media-stream", *flags]
    )
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = context.new_page()
    complaints = listen(page, stage.server.url)
    page.goto(stage.link)
    page.get_by_role("button", name="Open the door on this device").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wasserstoff in der Gießerei")
    yield page
    assert complaints == []
    browser.close()


def listen(page: Page, home: str) -> list[str]:
    """Return a list that fills with errors of the page and requests to other hosts."""
    complaints: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            complaints.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((home, "data:")):
            complaints.append(request.url)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", note_message)
    page.context.on("request", note_request)
    return complaints


def test_the_camera_reads_a_printed_badge_once_and_then_says_since_when(
    playwright: Playwright, stage: Stage, tmp_path: Path
) -> None:
    video = tmp_path / "badge.mjpeg"
    with video.open("wb") as file:
        for frame in frames(stage.badge):
            frame.save(file, "JPEG", quality=85)
    camera = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={video}")
    with a_phone(playwright, stage, *camera) as page:
        page.get_by_role("button", name="Start the camera").click()
        expect(page.locator(".word")).to_have_text("Come in!", timeout=PATIENCE)
        assert page.workers[0].evaluate(EMPTY_WEBASSEMBLY) == "compiled"
        expect(page.locator(".name")).to_have_text(stage.ada.name)
        expect(page.locator(".tag")).to_have_text("Science")
        expect(page.locator(".live")).to_have_text("1 of 1 here")
        expect(page.locator(".word")).to_have_text("Already in", timeout=PATIENCE)
        expect(page.locator(".lines")).to_have_text(re.compile(r"Since \d+:\d\d, Einlass Nord\."))
        assert log(stage) == ["admitted", "already_in"]


def log(stage: Stage) -> list[str]:
    """Return the outcomes of this door's scans, as the server stored them."""
    scans = sa.select(CheckIn.outcome).where(CheckIn.event_id == stage.desk.event_id)
    app = app_on(stage.server.database_url, stage.server.data_dir)
    with app.app_context():
        found = [str(outcome) for outcome in db.session.scalars(scans.order_by(CheckIn.id))]
        db.session.remove()
        db.engine.dispose()
    return found


def type_code(page: Page, code: str) -> None:
    """Type a code as a hardware scanner would."""
    page.get_by_label("Name or code").fill(code)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("status", [413, 415, 422])
def test_a_scan_that_is_never_taken_is_reported_and_blocks_no_other(
    playwright: Playwright, stage: Stage, status: int
) -> None:
    with a_phone(playwright, stage) as page:
        page.route("**/scans", lambda route: route.fulfill(status=status, body="<p>No"), times=1)
        type_code(page, stage.ada.code)
        expect(page.locator(".word")).to_have_text("That did not work", timeout=PATIENCE)
        expect(page.locator(".lines")).to_have_text(re.compile("The server did not take this scan"))
        type_code(page, stage.ada.code)
        expect(page.locator(".word")).to_have_text("Come in!", timeout=PATIENCE)
        expect(page.locator("[data-net]")).to_have_text("Connected. All scans are sent.")
        assert log(stage) == ["admitted"]


def test_a_scan_at_which_the_server_breaks_lets_the_others_pass(
    playwright: Playwright, stage: Stage
) -> None:
    def break_first(route: Route) -> None:
        nonce = json.loads(route.request.post_data or "{}")["nonce"]
        nonces.append(nonce)
        if nonce == nonces[0]:
            route.fulfill(status=500, body="<p>Broken")
        else:
            route.continue_()

    nonces: list[str] = []
    with a_phone(playwright, stage) as page:
        page.route("**/scans", break_first)
        type_code(page, "K7QF-2MZP")
        expect(page.locator(".word")).to_have_text("Noted", timeout=PATIENCE)
        type_code(page, stage.ada.code)
        expect(page.locator(".live")).to_have_text("1 of 1 here", timeout=PATIENCE)
        assert (log(stage), nonces.count(nonces[0]) >= 3) == (["admitted"], True)
        expect(page.locator("[data-net]")).to_have_text(re.compile("1 waiting to be sent"))
        page.unroute("**/scans")
        expect(page.locator("[data-net]")).to_have_text(
            "Connected. All scans are sent.", timeout=PATIENCE
        )
        assert log(stage) == ["admitted", "unknown"]


def test_a_scan_without_network_is_noted_and_sent_later(
    playwright: Playwright, stage: Stage
) -> None:
    with a_phone(playwright, stage) as page:
        expect(page.locator("[data-net]")).to_have_text("Connected. All scans are sent.")
        page.context.set_offline(True)
        page.get_by_label("Name or code").fill(stage.ada.code)
        page.keyboard.press("Enter")
        expect(page.locator(".word")).to_have_text("Noted", timeout=PATIENCE)
        expect(page.locator("[data-net]")).to_have_text(re.compile("1 waiting to be sent"))
        assert log(stage) == []
        page.context.set_offline(False)
        expect(page.locator("[data-net]")).to_have_text(
            "Connected. All scans are sent.", timeout=PATIENCE
        )
        assert log(stage) == ["admitted"]
        expect(page.locator(".live")).to_have_text("1 of 1 here")


def test_a_scan_after_the_link_was_closed_waits_for_a_new_one(
    playwright: Playwright, stage: Stage
) -> None:
    with a_phone(playwright, stage) as page:
        change(stage, lambda: keys.revoke_door_key(stage.desk.event_id, stage.desk.key_id))
        page.get_by_label("Name or code").fill(stage.ada.code)
        page.keyboard.press("Enter")
        expect(page.locator(".word")).to_have_text("Noted", timeout=PATIENCE)
        expect(page.locator(".lines")).to_contain_text("This door link has ended.")
        expect(page.locator("[data-net]")).to_contain_text("1 waiting to be sent.")
        token = change(stage, lambda: new_key(stage))
        page.goto(f"{stage.server.url}/door/open/{token}")
        page.get_by_role("button", name="Open the door on this device").click()
        expect(page.locator(".live")).to_have_text("1 of 1 here", timeout=PATIENCE)
        assert log(stage) == ["admitted"]


def new_key(stage: Stage) -> str:
    """Make another link for the same door."""
    return keys.make_door_key(stage.desk.event_id, "Einlass Süd", now() + timedelta(hours=1))


def change(stage: Stage, work: Callable[[], T]) -> T:
    """Do something behind the server's back, as the office would through its pages."""
    app = app_on(stage.server.database_url, stage.server.data_dir)
    with app.app_context():
        with transaction():
            done = work()
        db.engine.dispose()
    return done


def test_a_photo_is_read_and_a_stranger_is_told_plainly(
    playwright: Playwright, stage: Stage, tmp_path: Path
) -> None:
    photo, foreign, empty = (tmp_path / name for name in ("badge.png", "wifi.png", "wall.png"))
    stage.badge.save(photo)
    foreign.write_bytes(qr.as_png(qr.symbol("WIFI:S:Gast;T:WPA;P:geheim;;"), scale=8))
    Image.new("RGB", FRAME, "#777").save(empty)
    with a_phone(playwright, stage) as page:
        choose = page.locator("input[type=file]").set_input_files
        choose(empty)
        expect(page.locator("[data-hint]")).to_contain_text("There is no code to be seen")
        choose(foreign)
        expect(page.locator(".word")).to_have_text("Not one of our tickets")
        page.get_by_role("link", name="Next").click()
        choose(photo)
        expect(page.locator(".word")).to_have_text("Come in!")
        assert log(stage) == ["admitted"]


def test_somebody_is_found_by_name_let_in_and_put_out_again(
    playwright: Playwright, stage: Stage
) -> None:
    with a_phone(playwright, stage) as page:
        page.get_by_label("Name or code").type("weissgerber")
        page.get_by_role("button", name=f"Let {stage.ada.name} in").click()
        expect(page.locator(".word")).to_have_text("Come in!")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".word")).to_have_text("Undone")
        expect(page.locator(".live")).to_have_text("0 of 1 here")
        assert log(stage) == ["admitted", "undone"]


def test_a_hardware_scanner_may_type_wherever_the_focus_is(
    playwright: Playwright, stage: Stage
) -> None:
    with a_phone(playwright, stage) as page:
        page.get_by_role("button", name="Start the camera").focus()
        page.keyboard.type(f"HTTPS://EVENTS.EXAMPLE/T/{stage.ada.code}\n", delay=2)
        expect(page.locator(".word")).to_have_text("Come in!")


def test_without_its_script_the_door_works_too(playwright: Playwright, stage: Stage) -> None:
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    page = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    page.goto(stage.link)
    page.get_by_role("button", name="Open the door on this device").click()
    page.get_by_label("Name or code").fill(stage.ada.short_code)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".word")).to_have_text("Come in!")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".word")).to_have_text("Undone")
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Name or code").fill("weißgerber")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Let {stage.ada.name} in").click()
    expect(page.locator(".word")).to_have_text("Come in!")
    browser.close()
