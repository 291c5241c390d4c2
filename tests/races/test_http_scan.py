"""One ticket on many devices in the same moment, on the server that goes to production."""

import json
from collections import Counter
from threading import Barrier
from typing import Any

import pytest

from tests.checkin.door_cast import a_desk, a_person, an_event_today
from tests.races.conftest import Served
from tests.races.crowd import Browser, at_once

pytestmark = pytest.mark.race

DEVICES = 16


def test_one_ticket_shown_at_sixteen_doors_lets_in_once(served: Served) -> None:
    with served.app.app_context():
        event = an_event_today()
        desks = [a_desk(event, f"Einlass {number}") for number in range(DEVICES)]
        ada = a_person(event.id)

    def scan(number: int, barrier: Barrier) -> dict[str, Any]:
        device, desk = Browser(served.server), desks[number]
        link = device.get(f"/door/open/{desk.token}")
        scanner = device.submit(link, link.path, {})
        message = {"code": ada.code, "nonce": f"nonce-of-device-{number}"}
        barrier.wait()
        answer = device.send_json(f"{scanner.path}/scans", json.dumps(message))
        device.close()
        assert answer.status == 200
        told: dict[str, Any] = json.loads(answer.body)
        return told

    told = at_once(scan, range(DEVICES))
    assert Counter(answer["outcome"] for answer in told) == {
        "admitted": 1,
        "already_in": DEVICES - 1,
    }
    assert {answer["present"] for answer in told} == {1}
