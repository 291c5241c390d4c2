"""Wall-clock times that do not exist or exist twice are refused, all others are exact."""

from datetime import UTC, datetime

import pytest

from eventmgr.programme.errors import AmbiguousLocalTime, NoSuchLocalTime
from eventmgr.programme.zones import ZONES, instant

BERLIN = "Europe/Berlin"


def test_a_time_that_the_clocks_jump_over_is_refused() -> None:
    with pytest.raises(NoSuchLocalTime):
        instant(datetime(2027, 3, 28, 2, 30), BERLIN)


def test_a_time_that_comes_twice_is_asked_about() -> None:
    wall = datetime(2027, 10, 31, 2, 30)
    with pytest.raises(AmbiguousLocalTime):
        instant(wall, BERLIN)
    assert instant(wall, BERLIN, second=False) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert instant(wall, BERLIN, second=True) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        (datetime(2027, 3, 28, 1, 59), BERLIN, datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3, 0), BERLIN, datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (datetime(2027, 7, 1, 9, 0), "Asia/Shanghai", datetime(2027, 7, 1, 1, 0, tzinfo=UTC)),
        (
            datetime(2027, 1, 11, 9, 0),
            "America/Los_Angeles",
            datetime(2027, 1, 11, 17, 0, tzinfo=UTC),
        ),
    ],
)
def test_ordinary_times_are_exact(wall: datetime, zone: str, expected: datetime) -> None:
    assert instant(wall, zone) == expected


def test_only_names_with_a_place_are_offered() -> None:
    assert {"Europe/Berlin", "Asia/Jerusalem"} <= set(ZONES)
    assert not {"CET", "GMT", "Singapore", "Etc/GMT+1"} & set(ZONES)
