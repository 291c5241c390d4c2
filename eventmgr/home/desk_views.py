"""The first page of the desk: what needs somebody, what comes next, what it has come to."""

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventmgr.accounts import current_account
from eventmgr.clock import now
from eventmgr.home import charts, desk_queries, outbox
from eventmgr.home.attention import attention
from eventmgr.home.desk_queries import Figures
from eventmgr.i18n import _, formats, say
from eventmgr.mail import service as mail
from eventmgr.programme.states import sign_up_state
from eventmgr.settings import current_settings
from eventmgr.web.access import organiser

bp = Blueprint("desk", __name__, url_prefix="/manage")

NEXT_EVENTS = 6
NOON, EVENING = 11, 18


@bp.get("/")
@organiser
def dashboard() -> ResponseReturnValue:
    """Show the day's work."""
    moment = now()
    zone = current_settings().default_zone
    coming = desk_queries.coming()
    weeks = desk_queries.registrations_by_week()
    queue, why_failed = mail.queue_state(), outbox.why_letters_failed()
    return render_template(
        "home/desk/dashboard.html",
        today=formats.long_day(moment, zone),
        greeting=_greeting(formats.local(moment, zone)),
        attention=attention(coming, queue, why_failed),
        coming=coming[:NEXT_EVENTS],
        state_of=lambda event: sign_up_state(event, moment),
        is_today=lambda event: _is_today(event.starts_at, moment, event.zone),
        figures=_figures(desk_queries.figures()),
        weeks=charts.line_chart([(str(week.number), week.registrations) for week in weeks]),
        groups=charts.bar_chart(_by_name(desk_queries.registrations_by_group())),
    )


def _greeting(local: datetime) -> str:
    account = current_account()
    name = account.name if account else ""
    if local.hour < NOON:
        return _("Good morning, %(name)s", name=name)
    if local.hour < EVENING:
        return _("Good day, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name)


def _is_today(starts_at: datetime, moment: datetime, zone: str) -> bool:
    return formats.local(starts_at, zone).date() == formats.local(moment, zone).date()


def _figures(figures: Figures) -> list[tuple[str, str]]:
    share = figures.share_appeared
    return [
        (_("registrations"), formats.number(figures.registrations)),
        (_("people on site"), formats.number(figures.on_site)),
        (_("of those expected came"), "–" if share is None else formats.percent(share)),
        (_("organisations"), formats.number(figures.organisations)),
        (
            _("events are over"),
            _(
                "%(over)s of %(all)s",
                over=formats.number(figures.events_over),
                all=formats.number(figures.events_over + figures.events_ahead),
            ),
        ),
    ]


def _by_name(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return the counts by the names of the groups; those without a group come together."""
    named: dict[str, int] = {}
    for slug, count in counts.items():
        group = current_settings().group(slug)
        name = say(group.name) if group else _("Other")
        named[name] = named.get(name, 0) + count
    return list(named.items())
