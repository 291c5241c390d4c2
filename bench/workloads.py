"""The workloads. Each returns figures of one run; `__main__` takes the median of three."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from bench.clients import Browser, at_once
from bench.server import Server, wait_for
from eventmgr.accounts import make_door_key
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import queries, service
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.models import HOLDS_PLACE, Registration, Status

Figures = dict[str, float]

SECONDS = 10.0
KEEP_ALIVE = 16
IDLE_SECONDS = 3.0


def event_page(server: Server) -> Figures:
    """W1: the page of an event, 16 kept-alive connections for ten seconds."""
    return _page_load(server, _event_path(server), conditional=False)


def event_page_unchanged(server: Server) -> Figures:
    """W1b: the same with If-None-Match."""
    return _page_load(server, _event_path(server), conditional=True)


def event_page_rendered(server: Server) -> Figures:
    """W1c: the page when no cache has it, as right after a change."""
    path, browser, count = _event_path(server), Browser(server), 200
    browser.get(path)
    before = server.cpu_seconds()
    for _ in range(count):
        browser.get(f"{path}?{uuid.uuid4().hex}")
    cpu = server.cpu_seconds() - before
    browser.close()
    return {"cpu_ms": 1000 * cpu / count}


def feed(server: Server) -> Figures:
    """W4: the feed of all events."""
    return _page_load(server, "/calendars/all.ics", conditional=False)


def feed_unchanged(server: Server) -> Figures:
    """W4b: the same with If-None-Match."""
    return _page_load(server, "/calendars/all.ics", conditional=True)


def _page_load(server: Server, path: str, *, conditional: bool) -> Figures:
    etag = Browser(server).get(path).headers["etag"]
    headers = {"If-None-Match": etag} if conditional else {}
    wanted = 304 if conditional else 200
    until = time.perf_counter() + SECONDS

    def read(_number: int) -> int:
        browser, answers = Browser(server), 0
        while time.perf_counter() < until:
            if browser.get(path, **headers).status != wanted:
                raise AssertionError(path)
            answers += 1
        browser.close()
        return answers

    before = server.cpu_seconds()
    answers, seconds = at_once(read, range(KEEP_ALIVE), KEEP_ALIVE)
    total = sum(answers)
    return {"cpu_ms": 1000 * (server.cpu_seconds() - before) / total, "per_second": total / seconds}


def _event_path(server: Server) -> str:
    with server.app.app_context():
        event = next(e for e in queries.coming_events() if e.may_sign_up(now()))
        return f"/events/{event.slug}"


def _new_event(server: Server, capacity: int) -> tuple[int, str]:
    """Publish an event like the next one, with so many places."""
    with server.app.app_context(), transaction():
        model = queries.coming_events()[-1]
        event = service.create_event(
            model.series,
            title={"de": f"Messung {uuid.uuid4().hex[:8]}"},
            starts_at=model.starts_at,
            ends_at=model.ends_at,
            zone=model.zone,
            venue_id=model.venue_id,
            capacity=capacity,
        )
        service.publish(event)
        return event.id, event.slug


def sign_up(server: Server) -> Figures:
    """W2: whole sign-ups with confirmation as a browser does them, 150 people, 16 at once."""
    event_id, slug = _new_event(server, 150)
    people = [f"{uuid.uuid4().hex}@mail.example" for _ in range(150)]

    def whole(address: str) -> int:
        browser = Browser(server)
        _fill_in(browser, slug, address)
        path = _confirm_path(server, address)
        browser.submit(f"{path}/confirm", browser.get(path), {})
        browser.close()
        return browser.requests

    before = server.cpu_seconds()
    requests, seconds = at_once(whole, people, KEEP_ALIVE)
    _wait_for_letters(server)
    cpu = server.cpu_seconds() - before
    if _statuses(server, event_id) != {Status.CONFIRMED: 150}:
        raise AssertionError(_statuses(server, event_id))
    return {
        "cpu_ms": 1000 * cpu / len(people),
        "per_second": len(people) / seconds,
        "requests_each": sum(requests) / len(people),
    }


def rush(server: Server) -> Figures:
    """W2b: 300 people for 100 places, until each has an answer."""
    event_id, slug = _new_event(server, 100)
    people = [f"{uuid.uuid4().hex}@mail.example" for _ in range(300)]

    def attempt(address: str) -> int:
        browser = Browser(server)
        status = _fill_in(browser, slug, address)
        browser.close()
        return status

    before = server.cpu_seconds()
    answers, seconds = at_once(attempt, people, 50)
    cpu = server.cpu_seconds() - before
    found = _statuses(server, event_id)
    held = sum(found.get(status, 0) for status in HOLDS_PLACE)
    if (held, found.get(Status.WAITLISTED), set(answers)) != (100, 200, {200}):
        raise AssertionError((found, set(answers)))
    return {"seconds": seconds, "cpu_ms": 1000 * cpu / len(people)}


def _fill_in(browser: Browser, slug: str, address: str) -> int:
    path = f"/events/{slug}/sign-up"
    fields = {
        "name": "Ada Łužičanska",
        "email": address,
        "organisation": "Weberei Oberland",
        "group": "industry",
    }
    answer = browser.submit(path, browser.get(path), fields)
    return answer.status


def _confirm_path(server: Server, address: str) -> str:
    """Read the personal link in the letter, as the person would."""
    with server.app.app_context():
        query = sa.select(OutboxLetter.context).where(OutboxLetter.to_address == address)
        context = db.session.scalars(query).first()
    if context is None:
        raise LookupError(address)
    return "/my/" + str(context["my_url"]).rsplit("/", 1)[1]


def _wait_for_letters(server: Server) -> None:
    waiting = sa.select(sa.func.count()).where(OutboxLetter.sent_at.is_(None))
    for _ in range(600):
        with server.app.app_context():
            if db.session.scalar(waiting) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("letters")


def _statuses(server: Server, event_id: int) -> dict[Status, int]:
    with server.app.app_context():
        query = sa.select(Registration.status, sa.func.count())
        rows = db.session.execute(
            query.where(Registration.event_id == event_id).group_by(Registration.status)
        )
        return dict(rows.all())


def scans(server: Server) -> Figures:
    """W3: 500 scans at the door of the conference, eight devices at once."""
    with server.app.app_context():
        event = max(queries.coming_events(), key=lambda one: one.places_taken)
        nonces = db.session.scalars(
            sa.select(Registration.nonce).where(Registration.event_id == event.id)
        ).all()
        codes = [secrets.ticket_code_of(nonce) for nonce in nonces]
        with transaction():
            token = make_door_key(event.id, "Messung", event.ends_at)
        slug = db.session.scalars(sa.select(Event.slug).where(Event.id == event.id)).one()
    tickets = [codes[number % len(codes)] for number in range(500)]
    devices = []
    for _ in range(8):
        browser = Browser(server)
        path = f"/door/open/{token}"
        browser.submit(path, browser.get(path), {})
        devices.append(browser)

    def device(number: int) -> int:
        browser = devices[number]
        for code in tickets[number::8]:
            body = {
                "code": code,
                "nonce": str(uuid.uuid4()),
                "scanned_at": datetime.now(UTC).isoformat(),
            }
            answer = browser.send(
                "POST",
                f"/door/{slug}/scans",
                body=json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
            )
            if answer.status != 200:
                raise AssertionError(answer)
        return len(tickets[number::8])

    before = server.cpu_seconds()
    done, seconds = at_once(device, range(8), 8)
    cpu = server.cpu_seconds() - before
    return {"cpu_ms": 1000 * cpu / sum(done), "per_second": sum(done) / seconds}


def papers(job: str) -> Figures:
    """W5: badges or tickets, in a process of its own so that its memory can be seen."""
    command = [sys.executable, "-m", "bench.papers", *job.split()]
    figures: Figures = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def start_up(server: Server) -> Figures:
    """W6: cold start to the first answer of the landing page; idle memory of all processes."""
    again = server.started_again()
    try:
        seconds = wait_for(again.port, "/")
        time.sleep(IDLE_SECONDS)
        return {"seconds": seconds, "idle_mib": again.memory_bytes() / 2**20}
    finally:
        again.stop()


SERVED: dict[str, Callable[[Server], Figures]] = {
    "W1 event page": event_page,
    "W1b event page, unchanged": event_page_unchanged,
    "W1c event page right after a change": event_page_rendered,
    "W2 sign-up with confirmation": sign_up,
    "W2b rush 300 for 100": rush,
    "W3 scan": scans,
    "W4 feed": feed,
    "W4b feed, unchanged": feed_unchanged,
    "W6 start": start_up,
}
