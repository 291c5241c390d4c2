"""No page is forgotten, and on none of them anything is wrong."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from werkzeug.exceptions import HTTPException

from eventmgr.i18n import COOKIE as LANGUAGE
from tests.journeys.checks import (
    HtmlChecker,
    html_checker,
    problems_of_access,
    problems_of_weight,
    problems_of_width,
)
from tests.journeys.samples import Samples, samples_of
from tests.journeys.sights import LETTERS, NO_PAGES, SIGHTS, Sight
from tests.journeys.stage import Reader, Site, a_reader, give_cookie

pytestmark = pytest.mark.journey

COOKIES = {"organiser": ("signed_in", "signed_in", "/"), "door": ("door", "door", "/door")}
"""Cookie, sample and path by level."""


@pytest.fixture(scope="session")
def samples(site: Site) -> Samples:
    return samples_of(site.app)


@pytest.fixture(scope="session")
def html() -> Iterator[HtmlChecker]:
    with html_checker() as checker:
        yield checker


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_nothing_is_wrong_on(
    sight: Sight, browser: Browser, site: Site, samples: Samples, html: HtmlChecker
) -> None:
    with a_reader(browser, site) as reader:
        look_at(reader, site, sight, samples)
        page = reader.page
        problems = html.problems_of(reader.documents[-1].text())
        problems += problems_of_weight(page)
        problems += problems_of_access(page)
        problems += problems_of_width(page)
        problems += reader.complaints
        assert problems == [], "\n".join(problems)
        if sight.level == "public" and not sight.has_token:
            assert page.context.cookies() == []


def look_at(reader: Reader, site: Site, sight: Sight, samples: Samples) -> None:
    """Open the page as whoever may see it, and do there what makes it look as meant."""
    if sight.level in COOKIES:
        cookie, sample, path = COOKIES[sight.level]
        give_cookie(reader.page.context, site, cookie, samples[sample], path)
    reader.go(sight.address.format_map(samples))
    if sight.then:
        sight.then(reader.page)


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_letters_can_be_read_by_everybody(
    letter: Sight, browser: Browser, site: Site, samples: Samples
) -> None:
    with a_reader(browser, site) as reader:
        page = reader.page
        sent = page.request.get(site.url + letter.address.format_map(samples))
        page.set_content(sent.text())  # on its own page it is locked in, and axe cannot look
        problems = problems_of_access(page) + problems_of_width(page)
        assert problems == [], "\n".join(problems)


def test_french_which_is_longest_stays_within_the_narrowest_screen(
    browser: Browser, site: Site, samples: Samples
) -> None:
    problems = []
    for level in ("public", "organiser"):
        with a_reader(browser, site) as reader:
            give_cookie(reader.page.context, site, LANGUAGE, "fr", "/")
            for sight in SIGHTS:
                if sight.level == level and not sight.then:
                    look_at(reader, site, sight, samples)
                    problems += [f"{sight}: {found}" for found in problems_of_width(reader.page)]
    assert problems == [], "\n".join(problems)


def test_the_checks_find_what_is_planted(browser: Browser, site: Site, html: HtmlChecker) -> None:
    page_with_faults = """
        <!doctype html><html lang="en"><head><title>Faults</title></head>
        <body style="background: #fff; margin: 0"><main><h1 id="a">Faults</h1>
        <p id="a" style="color: #ccc">Pale and wide</p><img src="data:,"><div style="width: 400px">
        wide</div></main></body></html>
    """
    with a_reader(browser, site) as reader:
        reader.page.set_content(page_with_faults)
        told = problems_of_access(reader.page) + problems_of_width(reader.page)
        told += html.problems_of(page_with_faults)
    for fault in ("image-alt", "desk, dark: color-contrast", "400 px wide", "no-dup-id"):
        assert any(fault in problem for problem in told), fault


def test_no_page_is_forgotten(site: Site, samples: Samples) -> None:
    addresses = site.app.url_map.bind("localhost")
    seen = set()
    for sight in (*SIGHTS, *LETTERS):
        try:
            path = urlsplit(sight.address.format_map(samples)).path
            seen.add(addresses.match(path, method="GET")[0])
        except HTTPException:
            assert "no-such-page" in sight.address
    readable = {
        rule.endpoint for rule in addresses.map.iter_rules() if "GET" in (rule.methods or ())
    }
    assert sorted(readable - seen - NO_PAGES.keys()) == [], "add it to tests/journeys/sights.py"
    assert sorted(NO_PAGES.keys() - readable) == []
