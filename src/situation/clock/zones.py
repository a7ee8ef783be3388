"""Zones: how far local time is ahead of UTC, always or by the rules of a place, such as Europe/Kyiv.

The rules are those of the package `tzdata` (the IANA time zone database), never of the machine: the same record gives
the same minutes everywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Protocol
from zoneinfo import ZoneInfo

from attrs import frozen

from situation.clock.spans import HOUR, Minute
from situation.errors import Fault, near_miss

__all__ = ["FixedZone", "NamedZone", "Zone", "first_instant", "named_zone"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -62_135_596_800 // 60 + 24 * HOUR, 253_402_300_740 // 60 - 24 * HOUR
"""The minutes between which Python knows dates, less a day at each end; before and after, a zone stands still."""
_REACH = 26 * HOUR
"""More than any zone is away from UTC, and than any clock was ever put forward or back."""


_FIRST_RULES, _LAST_RULES = -170 * 366 * 24 * HOUR, 80 * 366 * 24 * HOUR
"""The minutes between which changes of local time are listed: from before the first of them to about 2050."""


class Zone(Protocol):
    """Local time, against UTC."""

    @property
    def name(self) -> str:
        """What it is called; empty where it is a mere offset."""

    def ahead(self, minute: Minute) -> int:
        """Minutes by which local time is ahead of UTC at a minute."""

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The minutes at which clocks showed a time: none where they skipped it, two where they were put back.

        Args:
            local: minutes from 1970-01-01T00:00 as local clocks show them.
        """

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """From when on local time was how many minutes ahead of UTC, from the first change on."""


@frozen
class FixedZone:
    """Local time that is always as far ahead of UTC, in minutes."""

    minutes: int = 0
    name: str = ""

    def ahead(self, minute: Minute) -> int:
        """Minutes ahead of UTC: always the same."""
        return self.minutes

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The one minute at which clocks showed a time."""
        return (local - self.minutes,)

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """None."""
        return ()


@frozen
class NamedZone:
    """Local time by the rules of a place. Offsets of local mean time are rounded to whole minutes."""

    name: str

    def ahead(self, minute: Minute) -> int:
        """Minutes ahead of UTC at a minute."""
        at = _EPOCH + timedelta(minutes=min(max(minute, _FIRST), _LAST))
        offset = at.astimezone(_rules(self.name)).utcoffset() or timedelta()
        return round(offset.total_seconds() / 60)

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The minutes at which clocks showed a time."""
        guesses = {local - self.ahead(local + shift) for shift in (-_REACH, -HOUR, 0, HOUR, _REACH)}
        return tuple(sorted(minute for minute in guesses if minute + self.ahead(minute) == local))

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """The changes from before the first to about 2050."""
        return _changes(self)


def named_zone(name: str) -> NamedZone:
    """The zone of a name.

    Raises:
        Fault: there is none; with the near miss.
    """
    if name not in _names():
        hint = near_miss(name, _names()) or "Write a name of the IANA database, such as Europe/Kyiv."
        raise Fault(f"There is no time zone '{name}'.", hint)
    return NamedZone(name)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


@lru_cache(maxsize=32)
def _rules(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def first_instant(zone: Zone, local: int) -> Minute:
    """The first minute at which local clocks showed a time or, where they skipped it, a later one."""
    exact = zone.shown(local)
    if exact:
        return exact[0]
    low, high = local - _REACH, local + _REACH
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle + zone.ahead(middle) >= local else (middle + 1, high)
    return low


@lru_cache(maxsize=32)
def _changes(zone: NamedZone) -> tuple[tuple[Minute, int], ...]:
    rows = []
    for day in range(_FIRST_RULES, _LAST_RULES, 24 * HOUR):
        before, after = zone.ahead(day), zone.ahead(day + 24 * HOUR)
        if before != after:
            low, high = day, day + 24 * HOUR
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if zone.ahead(middle) == before else (low, middle)
            rows.append((high, after))
    return tuple(rows)
