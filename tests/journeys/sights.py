"""Every page that anybody can see, in each state that looks different: one line each.

Names in braces are in `samples`. What must be done on a page before it is looked at is a function.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.words import words_in

t = words_in("de")
Deed = Callable[[Page], None]


@dataclass(frozen=True)
class Sight:
    """A page to look at."""

    address: str
    then: Deed | None = None
    level: str = "public"
    has_token: bool = False
    """Whether a form there needs a cookie for its token against forged requests."""

    def __str__(self) -> str:
        """Return the name in the list of tests."""
        return self.address + (f" {self.then.__name__}" if self.then else "")


def with_mistakes(page: Page) -> None:
    """Send the form without what it needs."""
    form = page.locator("main form").filter(has=page.locator("input:visible, textarea")).last
    form.locator("input:not([type=hidden], [type=radio], [type=checkbox]), textarea").first.clear()
    form.get_by_role("button").last.click()
    expect(page.locator(".ev-errors, [role=alert]").first).to_be_visible()


def refused(page: Page) -> None:
    """Sign in with a password that is wrong."""
    page.get_by_label(t("E-mail address")).fill("nobody@mail.example")
    page.get_by_label(t("Password")).fill("wrong horse battery")
    page.get_by_role("button", name=t("Sign in")).click()
    expect(page.get_by_role("alert")).to_be_visible()


PUBLIC = (
    Sight("/"),
    Sight("/events"),
    Sight("/events?view=month"),
    Sight("/events?q=wasserstoff&format=workshop&region=dresden"),
    Sight("/events?q=nothing-is-called-that"),
    Sight("/events/{open}"),
    Sight("/events/{full}"),
    Sight("/events/{not_yet}"),
    Sight("/events/{moved}"),
    Sight("/events/{cancelled}"),
    Sight("/events/{over}"),
    Sight("/events/{online}"),
    Sight("/events/{far}"),
    Sight("/series/{series}"),
    Sight("/series/innoslam-tour"),
    Sight("/venues/{venue}"),
    Sight("/events/{open}/sign-up"),
    Sight("/events/{open}/sign-up", with_mistakes),
    Sight("/events/{full}/sign-up"),
    Sight("/events/{questioning}/sign-up"),
    Sight("/events/{asking}/sign-up", with_mistakes),
    Sight("/events/{cancelled}/sign-up"),
    Sight("/events/{not_yet}/sign-up"),
    Sight("/events/{open}/sign-up/done"),
    Sight("/events/{full}/sign-up/done"),
    Sight("/accessibility"),
    Sight("/accessibility/report", has_token=True),
    Sight("/accessibility/report", with_mistakes, has_token=True),
    Sight("/accessibility/reported"),
    Sight("/privacy"),
    Sight("/imprint"),
    Sight("/there-is-no-such-page"),
    Sight("/account/sign-in", has_token=True),
    Sight("/account/sign-in", with_mistakes, has_token=True),
    Sight("/account/sign-in", refused, has_token=True),
    Sight("/account/sign-in/{sign_in}", has_token=True),
    Sight("/account/sign-in/a-link-that-was-used-long-ago"),
    Sight("/demo/mailbox"),
    Sight("/demo/mailbox?to=nobody"),
    Sight("/demo/mailbox/{letter_confirmed}"),
)
PERSONAL = (
    Sight("/my/{to_confirm}"),
    Sight("/my/{ticket}"),
    Sight("/my/{waiting}"),
    Sight("/my/{given_back}"),
    Sight("/my/{expired}"),
    Sight("/my/{event_off}"),
    Sight("/my/{event_over}"),
    Sight("/my/{ticket}/details"),
    Sight("/my/{ticket}/details", with_mistakes),
    Sight("/my/{ticket}/cancel"),
    Sight("/my/{waiting}/cancel"),
    Sight("/T/{ticket_code}"),
    Sight("/T/{to_confirm_code}"),
    Sight("/T/{given_back_code}"),
    Sight("/T/{event_off_code}"),
    Sight("/T/{event_over_code}"),
)


def previewed(page: Page) -> None:
    """Call an event off as far as the page that says who will be told."""
    page.locator("textarea[lang=de]").fill("Der Saal steht unter Wasser.")
    page.locator("main form button").first.click()
    expect(page.locator("#told")).to_be_visible()


def moved_nowhere(page: Page) -> None:
    """Move an event to where it is."""
    page.locator("textarea[lang=de]").fill("Der Saal steht unter Wasser.")
    page.locator("main form button").first.click()
    expect(page.locator(".ev-errors")).to_be_visible()


def moved_a_year(page: Page) -> None:
    """Move an event by a year, as far as the page that says who will be told."""
    for name in ("starts_at", "ends_at", "doors_at"):
        field = page.locator(f"[name={name}]")
        if was := field.input_value():
            field.fill(str(int(was[:4]) + 1) + was[4:])
    page.locator("textarea[lang=de]").fill("Der Saal steht unter Wasser.")
    page.locator("main form button").first.click()
    expect(page.locator("#told")).to_be_visible()


def with_link(page: Page) -> None:
    """Make a link for one more device."""
    page.get_by_role("button", name=t("Make a link")).click()
    expect(page.locator("main svg[viewBox] path[d]").first).to_be_attached()


DESK = tuple(
    Sight(address, then, "organiser")
    for address, then in (
        ("/manage/", None),
        ("/manage/events", None),
        ("/manage/events/new", None),
        ("/manage/events/new", with_mistakes),
        ("/manage/events/{open}", None),
        ("/manage/events/{draft}", None),
        ("/manage/events/{cancelled}", None),
        ("/manage/events/{draft}/publish", None),
        ("/manage/events/{open}/publish", None),
        ("/manage/events/{draft}/edit", None),
        ("/manage/events/{open}/edit", None),
        ("/manage/events/{open}/edit", with_mistakes),
        ("/manage/events/{open}/move", None),
        ("/manage/events/{open}/move", moved_nowhere),
        ("/manage/events/{full}/move", moved_a_year),
        ("/manage/events/{open}/cancel", None),
        ("/manage/events/{open}/cancel", with_mistakes),
        ("/manage/events/{full}/cancel", previewed),
        ("/manage/events/{open}/places", None),
        ("/manage/events/{open}/places", with_mistakes),
        ("/manage/events/{scheduled}/agenda", None),
        ("/manage/events/{scheduled}/agenda", with_mistakes),
        ("/manage/events/{scheduled}/agenda/{session}", None),
        ("/manage/events/{questioning}/questions", None),
        ("/manage/events/{open}/questions", None),
        ("/manage/events/{questioning}/questions/{question}", None),
        ("/manage/events/{questioning}/questions/{question}", with_mistakes),
        ("/manage/events/{full}/registrations", None),
        ("/manage/events/{open}/registrations?q=weiß&status=confirmed", None),
        ("/manage/events/{draft}/registrations", None),
        ("/manage/events/{open}/registrations/add", None),
        ("/manage/events/{open}/registrations/add", with_mistakes),
        ("/manage/events/{ticket_event}/registrations/{ticket_id}", None),
        ("/manage/events/{given_back_event}/registrations/{given_back_id}", None),
        ("/manage/events/{ticket_event}/registrations/{ticket_id}/change", None),
        ("/manage/events/{ticket_event}/registrations/{ticket_id}/change", with_mistakes),
        ("/manage/events/{ticket_event}/registrations/{ticket_id}/cancel", None),
        ("/manage/events/{open}/badges", None),
        ("/manage/events/{today}/door", None),
        ("/manage/events/{today}/door", with_link),
        ("/manage/events/{open}/door", None),
        ("/manage/doors", None),
        ("/manage/series", None),
        ("/manage/series/new", None),
        ("/manage/series/new", with_mistakes),
        ("/manage/series/{series}", None),
        ("/manage/venues", None),
        ("/manage/venues/new", None),
        ("/manage/venues/new", with_mistakes),
        ("/manage/venues/{venue}", None),
        ("/manage/letters", None),
        ("/manage/letters?q=nobody-is-called-that", None),
        ("/manage/letters/{letter_confirmed}", None),
        ("/account/password", None),
        ("/account/password", with_mistakes),
        ("/manage/there-is-no-such-page", None),
    )
)


def admitted(page: Page) -> None:
    """Let somebody in by the code on the ticket."""
    _type(page, page.url.rpartition("#")[2])


def found_by_name(page: Page) -> None:
    """Look for people by a name that several have."""
    _type(page, "schmidt")


def unknown(page: Page) -> None:
    """Type a code that is on no ticket."""
    _type(page, "K7QF-2MZP")


def _type(page: Page, words: str) -> None:
    page.locator("#typed").fill(words)
    page.get_by_role("button", name=t("Check")).click()
    expect(page.locator(".word:visible, .people li, .note:visible").first).to_be_visible()


DOOR = (
    Sight("/door/open/{door}", has_token=True),
    Sight("/door/open/a-link-that-ended-long-ago"),
    *(
        Sight(address, then, "door")
        for address, then in (
            ("/door/{today}", None),
            ("/door/{today}?q=schmidt", None),
            ("/door/{today}#{expected}", admitted),
            ("/door/{today}", found_by_name),
            ("/door/{today}", unknown),
            ("/door/{today}/scans/{scan}", None),
            ("/door/{open}", None),
        )
    ),
)
LETTERS = tuple(
    Sight(f"/demo/mailbox/{{letter_{name}}}/html")
    for name in (
        "confirm",
        "confirmed",
        "waitlisted",
        "promoted",
        "cancelled",
        "event_moved",
        "event_cancelled",
        "barrier",
    )
)
SIGHTS = (*PUBLIC, *PERSONAL, *DESK, *DOOR)

NO_PAGES = {
    "badges.print_badges": "PDF",
    "badges.ticket": "PDF",
    "calendars.all_events": "calendar",
    "calendars.atom": "feed",
    "calendars.download": "calendar",
    "calendars.event": "calendar",
    "calendars.format": "calendar",
    "calendars.json_feed": "feed",
    "calendars.my": "calendar",
    "calendars.region": "calendar",
    "calendars.series": "calendar",
    "door_api.search": "JSON",
    "door_api.state": "JSON",
    "health.healthz": "text",
    "readiness.readyz": "text",
    "home.robots": "text",
    "i18n.choose": "redirect",
    "letters.letter_html": "the letter of the mailbox once more",
    "mailbox.letter_calendar": "calendar",
    "registration.calendar": "calendar",
    "registration.confirmed": "redirect",
    "registration_manage.export_csv": "CSV",
    "static": "files",
}
"""Endpoints that answer something else than a page of ours, and what."""
