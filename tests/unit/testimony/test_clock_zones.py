"""Time zones by name, calendars, and dates by EDTF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.dates import CALENDARS, Calendar, Interval, date_of, day_number
from situation.errors import Fault
from situation.testimony.dating.clock import Clock, named_zone
from situation.testimony.dating.edtf import read_date

UTC = Clock()
KYIV = Clock(named_zone("Europe/Kyiv"))


@pytest.mark.parametrize(
    ("text", "in_utc"),
    [("2020-03-29T02:30", "2020-03-29T00:30Z"), ("2020-03-30T12:00", "2020-03-30T09:00Z")],
)
def test_a_zone_by_name_knows_when_its_clocks_were_changed(text: str, in_utc: str) -> None:
    assert KYIV.interval(text) == UTC.interval(in_utc)


def test_an_hour_that_the_clocks_skipped_is_a_fault() -> None:
    with pytest.raises(
        Fault, match="Local clocks skipped 2020-03-29T03:30 in Europe/Kyiv: they went from 02:59 to 04:00"
    ):
        KYIV.interval("2020-03-29T03:30")


def test_an_hour_that_clocks_showed_twice_is_an_interval_and_an_offset_settles_it() -> None:
    twice = KYIV.interval("2020-10-25T03:30")
    assert twice == Interval(UTC.moment("2020-10-25T00:30Z"), UTC.moment("2020-10-25T01:30Z"))
    assert KYIV.interval("2020-10-25T03:30+03:00").latest == twice.earliest


def test_a_day_on_which_clocks_are_changed_is_as_long_as_it_was() -> None:
    spans = [KYIV.interval(day) for day in ("2020-03-29", "2020-03-30", "2020-10-25")]
    assert [span.latest - span.earliest + 1 for span in spans] == [23 * 60, 24 * 60, 25 * 60]


def test_a_day_that_a_place_skipped_is_a_fault_and_one_without_a_midnight_is_not() -> None:
    with pytest.raises(Fault, match="skipped 2011-12-30 in Pacific/Apia"):
        Clock(named_zone("Pacific/Apia")).interval("2011-12-30")
    beirut = Clock(named_zone("Asia/Beirut"))
    assert beirut.text(beirut.interval("2020-03-29").earliest) == "2020-03-29T01:00+03:00"


def test_a_zone_that_nobody_knows_is_a_fault_with_the_near_miss() -> None:
    with pytest.raises(Fault, match=r"There is no time zone 'Europe/Kyv'. Did you mean 'Europe/Kyiv'\?"):
        named_zone("Europe/Kyv")


@given(
    st.sampled_from(["Europe/Kyiv", "Asia/Baghdad", "America/Havana", "Australia/Lord_Howe"]),
    st.integers(-(10**8), 5 * 10**7),
)
def test_what_a_clock_writes_it_reads_again(name: str, minute: int) -> None:
    clock = Clock(named_zone(name))
    assert clock.moment(clock.text(minute)) == minute


@given(st.sampled_from(CALENDARS), st.integers(-4_000_000, 3_000_000))
def test_a_day_has_one_date_and_a_date_one_day(calendar: Calendar, number: int) -> None:
    assert day_number(calendar, *date_of(calendar, number)) == number
    assert date_of(calendar, number + 1) > date_of(calendar, number)


def test_the_julian_calendar_is_thirteen_days_behind_in_1917_and_has_its_own_leap_years() -> None:
    julian = Clock(0, "julian")
    assert julian.interval("1917-10-25") == UTC.interval("1917-11-07")
    assert julian.day(UTC.moment("1917-11-07")) == "1917-10-25"
    assert julian.interval("1900-02-29") == UTC.interval("1900-03-13")
    with pytest.raises(Fault, match="Feb 1900 has 28 days"):
        UTC.interval("1900-02-29")


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("1900", "1900"),
        ("-0043", "44 BCE"),
        ("0000", "1 BCE"),
        ("-0043-03-15", "15 Mar 44 BCE"),
        ("0476-09", "Sep 476 CE"),
        ("19XX", "1900 to 1999"),
        ("190X", "1900 to 1909"),
        ("-004X", "50 BCE to 41 BCE"),
        ("1900-XX", "1900"),
        ("1900-02-XX", "Feb 1900"),
        ("2001-34", "1 Apr to 30 Jun 2001"),
        ("2001-28", "1 Dec 2001 to 28 Feb 2002"),
        ("2004-06/2006-08", "1 Jun 2004 to 31 Aug 2006"),
        ("2004-02-29T10:20:59Z", "29 Feb 2004 10:20"),
        ("1950S2", "1900 to 1999"),
        ("1950S3", "1950 to 1959"),
        ("1950S4", "1950"),
    ],
)
def test_a_date_by_edtf_names_its_span(text: str, spoken: str) -> None:
    assert UTC.spoken(UTC.interval(text)) == spoken


@pytest.mark.parametrize(
    ("text", "about", "doubtful"),
    [
        ("1900", None, False),
        ("1900~", "year", False),
        ("1900?", None, True),
        ("1900-05%", "month", True),
        ("2004-06-~11", "day", False),
        ("2004~-06-11", "year", False),
        ("?2004-06-~11", "day", True),
        ("2004-06-11T10:00~", "minute", False),
    ],
)
def test_marks_of_edtf_stand_at_the_part_that_they_are_of(text: str, about: str | None, doubtful: bool) -> None:
    date = read_date(text)
    assert date.first is not None
    assert (date.first.about, date.doubtful) == (about, doubtful)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2001-21", "does not say in which hemisphere"),
        ("[1667,1668]", "A set of dates stands in claims alone"),
        ("Y2004", "A year of four digits stands without Y: write 2004"),
        ("2001-21/2001-22", "does not say in which hemisphere"),
        ("Y17000", "Years run from -9999 to 9999"),
        ("2004-06-11/2004-06-10", "ends before it begins"),
        ("19XX-05", "a month of no year"),
        ("/..", "both its ends are open"),
        ("2004/2005/2006", "is no date"),
    ],
)
def test_what_edtf_has_and_is_not_read_is_told(text: str, told: str) -> None:
    with pytest.raises(Fault, match=told):
        UTC.interval(text)


def test_a_question_takes_a_plain_date() -> None:
    with pytest.raises(Fault, match="'1900~' is no plain date"):
        UTC.moment("1900~")
