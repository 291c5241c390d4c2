"""Dates, times and numbers as people write them, in the event's zone."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from eventmgr.i18n import LANGUAGES, formats, in_language, say, say_lang

BERLIN = "Europe/Berlin"
STARTS_AT = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "long_day", "short_day", "table"),
    [
        ("de", "Donnerstag, 10. Dezember 2026", "Do, 10. Dezember", "Do 10.12., 9:30"),
        ("en", "Thursday, 10 December 2026", "Thu 10 December", "Thu 10/12, 09:30"),
        ("fr", "jeudi 10 décembre 2026", "jeu. 10 décembre", "jeu. 10/12, 9:30"),
        ("nl", "donderdag 10 december 2026", "do 10 december", "do 10/12, 9:30"),
    ],
)
def test_days_are_written_as_the_reader_writes_them(
    app_alone: Flask, language: str, long_day: str, short_day: str, table: str
) -> None:
    with app_alone.app_context(), in_language(language):
        assert formats.long_day(STARTS_AT, BERLIN) == long_day
        assert formats.short_day(STARTS_AT, BERLIN) == short_day
        assert formats.table_moment(STARTS_AT, BERLIN) == table


def test_times_are_those_of_the_place(app_alone: Flask) -> None:
    with app_alone.app_context(), in_language("de"):
        assert formats.clock_time(STARTS_AT, "America/Los_Angeles") == "0:30"
        assert formats.clock_time(STARTS_AT, "Asia/Shanghai") == "16:30"


def test_several_days_are_one_span(app_alone: Flask) -> None:
    ends_at = datetime(2026, 12, 12, 15, 0, tzinfo=UTC)
    with app_alone.app_context(), in_language("de"):
        assert formats.date_range(STARTS_AT, ends_at, BERLIN) == "10.–12. Dezember 2026"
        assert formats.date_range(STARTS_AT, STARTS_AT, BERLIN) == "Do, 10. Dezember 2026"


def test_numbers_are_grouped_as_the_reader_groups_them(app_alone: Flask) -> None:
    written = {}
    with app_alone.app_context():
        for language in LANGUAGES:
            with in_language(language):
                written[language] = formats.number(1037)
    assert written == {"de": "1.037", "en": "1,037", "fr": "1\u202f037", "nl": "1.037"}


@pytest.mark.parametrize(
    ("language", "content", "said", "in_"),
    [
        ("fr", {"de": "Halle", "en": "Hall", "fr": "Salle"}, "Salle", "fr"),
        ("fr", {"de": "Halle", "en": "Hall"}, "Hall", "en"),
        ("fr", {"de": "Halle", "en": ""}, "Halle", "de"),
        ("de", {"en": "Hall"}, "Hall", "en"),
        ("de", {"nl": "Zaal"}, "Zaal", "nl"),
        ("de", {}, "", "de"),
    ],
)
def test_a_text_is_said_in_the_nearest_language_there_is(
    app_alone: Flask, language: str, content: dict[str, str], said: str, in_: str
) -> None:
    with app_alone.app_context(), in_language(language):
        assert (say(content), say_lang(content)) == (said, in_)
