"""Time: whole minutes, intervals of them, calendars and zones, and how dates are read and written."""

from __future__ import annotations

from situation.clock.calendars import CALENDARS, Calendar
from situation.clock.clock import Clock
from situation.clock.edtf import Date, End, read_date
from situation.clock.spans import DAY, HOUR, Duration, Interval, Minute, duration
from situation.clock.zones import FixedZone, NamedZone, Zone, named_zone

__all__ = [
    "CALENDARS",
    "DAY",
    "HOUR",
    "Calendar",
    "Clock",
    "Date",
    "Duration",
    "End",
    "FixedZone",
    "Interval",
    "Minute",
    "NamedZone",
    "Zone",
    "duration",
    "named_zone",
    "read_date",
]
