"""Rows that may be of one event: of two files, near in place and time, with sides and numbers that can be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from situation.edges.gazetteer import distance_km
from situation.edges.rows import Row
from situation.testimony.spelling import spelling_key

__all__ = ["LookAlike", "Windows", "possibly_one"]


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


def possibly_one(rows: Mapping[str, Row], windows: Windows) -> list[LookAlike]:
    """Every pair of rows that may be of one event, in the order of their claims.

    Rows of one file are told apart by whoever keeps the file, unless they say the same in everything but the id.

    Args:
        rows: by the id of their claim.
        windows: how near.
    """
    pairs = []
    by_day: dict[int, list[tuple[str, Row]]] = {}
    for name, row in sorted(rows.items()):
        for number in range(row.first.toordinal(), row.last.toordinal() + windows.days + 1):
            by_day.setdefault(number, []).append((name, row))
    seen: set[tuple[str, str]] = set()
    for near in by_day.values():
        for (one, row), (other, rival) in _crossed(near):
            if (one, other) not in seen:
                seen.add((one, other))
                why = _why(row, rival, windows)
                if why:
                    pairs.append(LookAlike(one, other, why))
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))


def _crossed(rows: list[tuple[str, Row]]) -> Iterator[tuple[tuple[str, Row], tuple[str, Row]]]:
    """Pairs of two files, and pairs of one file that say the same."""
    by_file: dict[str, list[tuple[str, Row]]] = {}
    by_content: dict[tuple[object, ...], list[tuple[str, Row]]] = {}
    for name, row in rows:
        by_file.setdefault(row.file, []).append((name, row))
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
            for one in by_file[file]:
                yield from (tuple(sorted((one, other), key=lambda it: it[0])) for other in by_file[rival])  # type: ignore[misc]


def _content(row: Row) -> tuple[object, ...]:
    """All that a row says, without its id and line."""
    return (
        *(row.file, row.deed, row.first, row.last, row.spot, row.sides, row.killed, row.wounded, row.killed_by_side),
        *(row.civilians, row.unknown, row.reported, row.article, row.words, row.note),
    )


def _why(one: Row, other: Row, windows: Windows) -> str:
    """Why two rows may be of one event; empty where they cannot be."""
    if one.file == other.file:
        return "They say the same in everything but the id."
    days = max(0, one.first.toordinal() - other.last.toordinal(), other.first.toordinal() - one.last.toordinal())
    if days > windows.days or not _same_place(one, other, windows.km):
        return ""
    if _names(one).isdisjoint(_names(other)) and one.sides and other.sides:
        return ""
    if not _can_be_one(one, other):
        return ""
    when = "on the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
    where = f"at {one.spot.name}" if one.spot.name else "at one point"
    return f"Two files have it {where}, {when}, with sides and numbers that can be one."


def _names(row: Row) -> set[str]:
    return {spelling_key(side.name) for side in row.sides}


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
