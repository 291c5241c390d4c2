from datetime import UTC, datetime, timedelta

from eventmgr.checkin.arrivals import Row, curve, rows

NINE = datetime(2030, 6, 14, 9, tzinfo=UTC)


def at(*minutes: float) -> list[datetime]:
    """Return moments after nine o'clock."""
    return [NINE + timedelta(minutes=minute) for minute in minutes]


def test_arrivals_are_counted_in_equal_steps_without_gaps() -> None:
    five = timedelta(minutes=5)
    assert rows(at(1, 2, 16)) == [
        Row(NINE, 2, 2),
        Row(NINE + five, 0, 2),
        Row(NINE + 2 * five, 0, 2),
        Row(NINE + 3 * five, 1, 3),
    ]


def test_a_long_day_has_wider_steps() -> None:
    table = rows(at(0, 8 * 60))
    assert (len(table), table[1].starts_at - table[0].starts_at) == (17, timedelta(minutes=30))
    assert len(rows(at(0, 100_000))) > 24


def test_the_curve_ends_at_the_total() -> None:
    line = curve(rows(at(1, 2, 7, 9)))
    assert line is not None
    assert (line.path, line.total, line.end_y) == ("M40 150L276 90L512 30", 4, 30)
    assert (line.starts_at, line.ends_at) == (NINE, NINE + timedelta(minutes=10))


def test_one_arrival_is_a_curve_too() -> None:
    line = curve(rows(at(3)))
    assert line is not None
    assert (line.path, line.ends_at) == ("M40 150L512 30", NINE + timedelta(minutes=5))


def test_before_the_first_arrival_there_is_nothing_to_draw() -> None:
    assert (rows([]), curve([])) == ([], None)
