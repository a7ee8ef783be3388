"""Rows that may be of one event: of two files, near in place and time, with sides and numbers that can be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from situation.edges.distances import distance_km
from situation.edges.earlier import EarlierImport
from situation.edges.rows import Count, Deed, Party, Row, Spot
from situation.testimony.ground import Ground

__all__ = ["LookAlike", "Windows", "imported_rows", "possibly_one"]


@frozen
class Windows:
    """How near two rows must lie to be possibly one: days between them, and km."""

    days: int = 1
    km: float = 5.0


@frozen
class LookAlike:
    """Two rows that may be of one event, by the ids of their claims, and why."""

    one: str
    other: str
    why: str


def possibly_one(
    rows: Mapping[str, Row],
    windows: Windows,
    actor_of: Mapping[Party, str] | None = None,
    earlier: Mapping[str, Row] | None = None,
) -> list[LookAlike]:
    """Every pair of rows that may be of one event, in the order of their claims.

    Rows of one file are told apart by whoever keeps the file, unless they say the same in everything but the id.

    Args:
        rows: by the id of their claim.
        windows: how near.
        actor_of: the actor of each side, so that a side counts as the same under any of its names.
        earlier: rows of earlier imports, likewise, their sides by the actors' ids; no pair is of two of them.
    """
    pairs = []
    before = earlier or {}
    by_day: dict[int, list[tuple[str, Row]]] = {}
    for name, row in sorted([*rows.items(), *before.items()]):
        for number in range(row.first.toordinal(), row.last.toordinal() + windows.days + 1):
            by_day.setdefault(number, []).append((name, row))
    seen: set[tuple[str, str]] = set()
    for near in by_day.values():
        for (one, row), (other, rival) in _crossed(near, before):
            if (one, other) not in seen:
                seen.add((one, other))
                why = _why(row, rival, windows, actor_of or {})
                if why:
                    pairs.append(LookAlike(one, other, why))
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))


def _crossed(
    rows: list[tuple[str, Row]], before: Mapping[str, Row]
) -> Iterator[tuple[tuple[str, Row], tuple[str, Row]]]:
    """Pairs of two files of which one at least is new, and pairs of one new file that say the same."""
    by_file: dict[str, list[tuple[str, Row]]] = {}
    by_content: dict[tuple[object, ...], list[tuple[str, Row]]] = {}
    for name, row in rows:
        by_file.setdefault(row.file, []).append((name, row))
        if name not in before:
            by_content.setdefault(_content(row), []).append((name, row))
    for same in by_content.values():
        yield from (
            (one, other)
            for number, one in enumerate(same)
            for other in same[number + 1 :]
            if one[1].file == other[1].file
        )
    files = sorted(by_file)
    for number, file in enumerate(files):
        for rival in files[number + 1 :]:
            if by_file[file][0][0] in before and by_file[rival][0][0] in before:
                continue
            for one in by_file[file]:
                yield from (tuple(sorted((one, other), key=lambda it: it[0])) for other in by_file[rival])  # type: ignore[misc]


def _content(row: Row) -> tuple[object, ...]:
    """All that a row says, without its id and line."""
    return (
        *(row.file, row.deed, row.first, row.last, row.spot, row.sides, row.killed, row.wounded, row.killed_by_side),
        *(row.civilians, row.unknown, row.label, row.reported, row.article, row.words, row.note),
    )


def _why(one: Row, other: Row, windows: Windows, actor_of: Mapping[Party, str]) -> str:
    """Why two rows may be of one event; empty where they cannot be."""
    if one.file == other.file:
        return "They say the same in everything but the id."
    days = max(0, one.first.toordinal() - other.last.toordinal(), other.first.toordinal() - one.last.toordinal())
    if days > windows.days or not _same_place(one, other, windows.km):
        return ""
    if _actors(one, actor_of).isdisjoint(_actors(other, actor_of)) and one.sides and other.sides:
        return ""
    if not _can_be_one(one, other):
        return ""
    when = "on the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
    where = f"at {one.spot.name}" if one.spot.name else "at one point"
    return f"Two files have it {where}, {when}, with sides and numbers that can be one."


def _actors(row: Row, actor_of: Mapping[Party, str]) -> set[str]:
    return {actor_of.get(side, side.name) for side in row.sides}


def _same_place(one: Row, other: Row, km: float) -> bool:
    points = (one.spot.lat, one.spot.lon, other.spot.lat, other.spot.lon)
    exact = all(spot.scope in ("place", "around") for spot in (one.spot, other.spot))
    if not exact or any(number is None for number in points):
        return False
    return distance_km(*points) <= km  # type: ignore[arg-type]  # none of them is None


def _can_be_one(one: Row, other: Row) -> bool:
    """Whether the numbers of dead can be of one event: one gives none, or their bounds overlap."""
    bounds = [_bounds(row) for row in (one, other)]
    return bounds[0][0] <= bounds[1][1] and bounds[1][0] <= bounds[0][1]


def _bounds(row: Row) -> tuple[float, float]:
    count = row.killed
    if not count.given:
        return 0, float("inf")
    low = next(number for number in (count.low, count.best, count.high) if number is not None)
    return low, next(number for number in (count.high, count.best, count.low) if number is not None)


_DEEDS: Final[Mapping[str, Deed]] = {"Attacked": "attack", "Captured": "capture", "CiviliansKilled": "civilians killed"}


def imported_rows(imports: Iterable[EarlierImport], ground: Ground) -> Mapping[str, Row]:
    """The rows of earlier imports that still stand, by the id of their claim, so far as new ones are held against them.

    Their sides are called by the ids of their actors.
    """
    rows = {}
    for earlier in imports:
        for claim in earlier.standing.values():
            row = _row_of(claim, f"{earlier.name} (imported)", ground)
            if row is not None:
                rows[str(claim["id"])] = row
    return rows


def _row_of(claim: Mapping[str, Any], file: str, ground: Ground) -> Row | None:
    """An earlier claim as the row that it was made of; None of one that is no such row, or that a hand has changed since."""
    try:
        return _plain_row_of(claim, file, ground)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _plain_row_of(claim: Mapping[str, Any], file: str, ground: Ground) -> Row | None:
    content = claim.get("asserts", {})
    deed, place = _DEEDS.get(str(content.get("event"))), content.get("place")
    region = ground.regions.get(place)
    if region is not None and len(region.places) == 1:
        place = region.places[0]
    at = ground.places.get(place)
    if deed is None or at is None:
        return None
    happened = claim["happened"]
    first, last = (happened, happened) if isinstance(happened, str) else (happened["earliest"], happened["latest"])
    number = content.get("killed") or content.get("number") or {}
    sides = {
        *content.get("by", ()),
        *content.get("between", ()),
        *([content["against"]] if "against" in content else []),
    }
    return Row(
        id=str(claim["id"]),
        file=file,
        line=0,
        deed=deed,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        spot=Spot(at.name, "place", at.at.lat, at.at.lon),
        sides=tuple(Party(name) for name in sorted(sides)),
        killed=Count(*(number.get(name) for name in ("low", "best", "high"))),
    )
