"""A page that many ask for is made once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, abort

from eventmgr.web.page_cache import cached_page, init_page_cache

CROWD = 8
LONG = 0.05


@pytest.fixture
def made() -> list[str]:
    """Return what the views write down each time they make a page."""
    return []


@pytest.fixture
def small_app(made: list[str]) -> Flask:
    app = Flask(__name__)
    init_page_cache(app)

    @app.get("/<name>")
    @cached_page
    def page(name: str) -> str:
        made.append(name)
        time.sleep(LONG)
        if name == "missing":
            abort(404)
        return f"This is {name}."

    return app


def ask(app: Flask, path: str) -> list[str]:
    """Ask for a page from many browsers at once."""
    with ThreadPoolExecutor(CROWD) as pool:
        answers = pool.map(lambda _number: app.test_client().get(path), range(CROWD))
        return [answer.text for answer in answers]


def test_a_crowd_at_one_page_waits_for_the_first_to_make_it(
    small_app: Flask, made: list[str]
) -> None:
    assert ask(small_app, "/one") == ["This is one."] * CROWD
    assert made == ["one"]


def test_who_waited_for_a_page_that_could_not_be_made_tries_itself(
    small_app: Flask, made: list[str]
) -> None:
    assert len(ask(small_app, "/missing")) == CROWD
    assert made == ["missing"] * CROWD
