"""The public programme: list and month of events, an event, a series, a venue."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventmgr.clock import now
from eventmgr.i18n import say
from eventmgr.programme import filtering, listing, month, queries
from eventmgr.programme.calendar_links import absolute, calendar_links
from eventmgr.programme.filtering import Asked
from eventmgr.programme.neighbours import neighbours
from eventmgr.programme.page import agenda, map_address, series_totals
from eventmgr.programme.states import has_own_time, sign_up_state
from eventmgr.programme.structured import structured_event
from eventmgr.programme.words import KIND_NAMES, kind_name
from eventmgr.settings import current_settings
from eventmgr.web.access import public
from eventmgr.web.page_cache import cached_page

bp = Blueprint("programme", __name__)
bp.add_app_template_filter(listing.month_name)
bp.add_app_template_filter(listing.language_names)
bp.add_app_template_filter(listing.place_line)
bp.add_app_template_filter(kind_name)

PER_PAGE = 40
_SLUG = re.compile(r"[a-z0-9-]+")


@bp.get("/events")
@public
@cached_page
def events() -> ResponseReturnValue:
    """Show the coming events that pass the filters, as a list or as a month."""
    asked = filtering.read(request.args, _today())
    page = _month_page(asked, asked.month) if asked.month else _list_page(asked)
    return render_template(
        "programme/events.html",
        asked=asked,
        regions=queries.all_regions(),
        series=queries.all_series(only_published=True),
        kinds=KIND_NAMES,
        parameters=filtering.parameters,
        look_back=_past_year(_today()),
        **page,
    )


def _list_page(asked: Asked) -> dict[str, object]:
    filters = asked.filters
    offset = (asked.page - 1) * PER_PAGE
    found = queries.public_events(filters, limit=PER_PAGE, offset=offset)
    by_kind = queries.count_by_kind(filters)
    total = sum(n for kind, n in by_kind.items() if filters.format in ("", kind))
    if not found and asked.page > 1:
        abort(404)
    return {
        "sheet": None,
        "months": listing.by_month(listing.rows(found, now())),
        "total": total,
        "by_kind": by_kind,
        "by_region": queries.count_by_region(filters),
        "pages": -(-total // PER_PAGE),
        "without_filters": queries.count_public_events(queries.Filters()) if not found else total,
    }


def _month_page(asked: Asked, first_day: date) -> dict[str, object]:
    found = queries.public_events(month.wider(asked.filters, first_day))
    sheet = month.sheet(found, asked.filters, first_day, today=_today(), at=now())
    return {
        "sheet": sheet,
        "months": [],
        "total": sheet.count,
        "by_kind": sheet.by_kind,
        "by_region": sheet.by_region,
        "pages": 1,
        "without_filters": sheet.count,
    }


@bp.get("/events/<slug>")
@public
@cached_page
def event(slug: str) -> ResponseReturnValue:
    """Show one event."""
    found = queries.published_event(_readable(slug)) or abort(404)
    moment = now()
    around = neighbours(found, moment)
    state = sign_up_state(found, moment)
    return render_template(
        "programme/event.html",
        event=found,
        state=state,
        around=around,
        others=listing.rows(around.next_ones, moment),
        agenda=agenda(found),
        has_own_time=has_own_time(found),
        structured=structured_event(found, state),
        address=absolute(url_for(".event", slug=found.slug)),
        calendar=calendar_links("calendars.series", found.series.slug, say(found.series.title)),
    )


@bp.get("/series/<slug>")
@public
@cached_page
def series(slug: str) -> ResponseReturnValue:
    """Show a series with its stops."""
    found = queries.published_series(_readable(slug)) or abort(404)
    moment = now()
    stops = [stop for stop in found.events if stop.is_public]
    return render_template(
        "programme/series.html",
        series=found,
        coming=listing.rows((e for e in stops if not e.is_over(moment)), moment),
        past=listing.rows((e for e in stops if e.is_over(moment)), moment)[::-1],
        totals=series_totals(stops, moment),
        address=absolute(url_for(".series", slug=found.slug)),
        calendar=calendar_links("calendars.series", found.slug, say(found.title)),
    )


@bp.get("/venues/<slug>")
@public
@cached_page
def venue(slug: str) -> ResponseReturnValue:
    """Show a venue: how to get there and in, and what happens there."""
    found = queries.venue_by_slug(_readable(slug)) or abort(404)
    moment = now()
    there = queries.events_at(found)
    return render_template(
        "programme/venue.html",
        venue=found,
        coming=listing.rows((e for e in there if not e.is_over(moment)), moment),
        past=listing.rows((e for e in there if e.is_over(moment)), moment)[::-1],
        address=absolute(url_for(".venue", slug=found.slug)),
        map_address=map_address(found),
    )


def _readable(slug: str) -> str:
    """Return the slug if it could be one; others are not put to the database."""
    return slug if _SLUG.fullmatch(slug) else abort(404)


def _past_year(today: date) -> dict[str, str]:
    first, last = today - timedelta(days=366), today - timedelta(days=1)
    return {"from": first.isoformat(), "to": last.isoformat()}


def _today() -> date:
    return now().astimezone(ZoneInfo(current_settings().default_zone)).date()
