"""Time: dates in local time, intervals, durations, and how they are written."""

from __future__ import annotations

import pytest

from situation.dates import DAY, HOUR, Interval, duration
from situation.errors import Fault
from situation.testimony.dating.clock import Clock

LOCAL = Clock(3 * HOUR)
MIDNIGHT = Clock().interval("2017-11-03").earliest


def test_a_minute_is_counted_from_the_first_of_1970_in_utc() -> None:
    assert Clock().interval("1970-01-01T00:01Z") == Interval(1, 1)


def test_a_day_runs_from_local_midnight_to_the_minute_before_the_next() -> None:
    assert LOCAL.interval("2017-11-03") == Interval(MIDNIGHT - 3 * HOUR, MIDNIGHT - 3 * HOUR + DAY - 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [("2017", 365), ("2016", 366), ("2017-02", 28), ("2016-02", 29), ("2017-12", 31), ("2017-11-30", 1)],
)
def test_a_year_a_month_and_a_day_span_all_their_days(text: str, days: int) -> None:
    span = LOCAL.interval(text)
    assert span.latest - span.earliest + 1 == days * DAY


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("T12:00", 9 * HOUR), ("T12:00Z", 12 * HOUR), ("T12:00+02:00", 10 * HOUR), ("T12:00-01:30", 13 * HOUR + 30)],
)
def test_a_minute_is_local_unless_it_names_its_zone(text: str, minutes: int) -> None:
    assert LOCAL.moment(f"2017-11-03{text}") == MIDNIGHT + minutes


def test_a_bare_date_means_its_last_minute() -> None:
    assert LOCAL.text(LOCAL.moment("2017-11-03")) == "2017-11-03T23:59+03:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 November",
        "2017-13",
        "2017-11-31",
        "2017-11-03T25:00",
        "2017-11-03 12:00",
        "17-11-03",
        "٢٠١٧",
        "Y12345",
        "[1667,1668]",
        "../..",
    ],
)
def test_what_is_no_date_is_a_fault(text: str) -> None:
    with pytest.raises(Fault, match="is no date"):
        LOCAL.interval(text)


@pytest.mark.parametrize("zone", ["+15:00", "+02:60", "+2:00", "z", "+0200"])
def test_what_is_no_zone_is_a_fault(zone: str) -> None:
    with pytest.raises(Fault, match="is no date"):
        LOCAL.interval(f"2017-11-03T12:00{zone}")


@pytest.mark.parametrize(("text", "minutes"), [("90 min", 90), ("2 h", 120), ("14 d", 14 * DAY), ("0 d", 0)])
def test_a_duration_is_a_number_and_a_unit(text: str, minutes: int) -> None:
    assert duration(text) == minutes


@pytest.mark.parametrize("text", ["2", "2h", "-1 d", "1.5 h", "2 weeks", "", "40000 d", "9999999999999999999999 d"])
def test_what_is_no_duration_is_a_fault(text: str) -> None:
    with pytest.raises(Fault, match=r"no duration|longer than a century"):
        duration(text)


def test_an_interval_may_not_end_before_it_begins() -> None:
    with pytest.raises(Fault, match="ends before it begins"):
        Interval(5, 4)
    assert Interval(5, 5).middle == 5


def test_intervals_meet_in_what_they_share() -> None:
    assert Interval(0, 10).meet(Interval(10, 20)) == Interval(10, 10)
    assert Interval(0, 10).meet(Interval(11, 20)) is None


def test_an_interval_contains_what_lies_wholly_inside() -> None:
    assert Interval(0, 10).contains(Interval(0, 10))
    assert not Interval(0, 10).contains(Interval(5, 11))


def test_the_gap_between_intervals_is_the_same_from_both_sides() -> None:
    assert Interval(0, 10).gap(Interval(15, 20)) == Interval(15, 20).gap(Interval(0, 10)) == 5
    assert Interval(0, 10).gap(Interval(5, 20)) == 0


def test_an_interval_is_clipped_to_a_window_that_it_overlaps_and_else_left() -> None:
    assert Interval(-5, 5).clipped_to(Interval(0, 9)) == Interval(0, 5)
    assert Interval(-5, -1).clipped_to(Interval(0, 9)) == Interval(-5, -1)


def test_the_middle_is_rounded_down() -> None:
    assert Interval(0, 3).middle == 1


@pytest.mark.parametrize(
    ("first", "last", "spoken"),
    [
        ("2017-11-03T14:05", "2017-11-03T14:05", "3 Nov 2017 14:05"),
        ("2017-11-03", "2017-11-03", "3 Nov 2017"),
        ("2017-11-03", "2017-11-05", "3 to 5 Nov 2017"),
        ("2017-10-29", "2017-11-02", "29 Oct to 2 Nov 2017"),
        ("2016-12-30", "2017-01-02", "30 Dec 2016 to 2 Jan 2017"),
        ("2017-10", "2017-10", "Oct 2017"),
        ("2017", "2017", "2017"),
        ("2014", "2017", "2014 to 2017"),
    ],
)
def test_an_interval_is_spoken_no_more_exactly_than_it_is_known(first: str, last: str, spoken: str) -> None:
    span = Interval(LOCAL.interval(first).earliest, LOCAL.interval(last).latest)
    assert LOCAL.spoken(span) == spoken


@pytest.mark.parametrize(("offset", "text"), [(-210, "2017-11-02T20:30-03:30"), (0, "2017-11-03T00:00+00:00")])
def test_a_minute_is_written_with_its_offset(offset: int, text: str) -> None:
    assert Clock(offset).text(MIDNIGHT) == text


def test_the_day_and_the_hour_of_a_minute_are_local() -> None:
    assert (LOCAL.day(MIDNIGHT - HOUR), LOCAL.hour(MIDNIGHT - HOUR)) == ("2017-11-03", "02:00")
