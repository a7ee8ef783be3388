"""From a row to a claim, as a line of a record: one claim a row, its numbers as bounds, its precision as intervals and areas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from situation.edges.gazetteer import Gazetteer
from situation.edges.roster import Roster
from situation.edges.rows import Count, Row
from situation.edges.slugs import slug
from situation.events import CIVILIANS, UNKNOWN
from situation.log.side_words import UNNAMED_FORCES, attack_in_words, killing_in_words

__all__ = ["NamedIds", "claim_of", "origin_rows"]

_UNIT: Final = "persons"
_LONGEST_ID: Final = 60
_LONGEST_BY_DAY: Final = 7
"""Days that are given each for itself: of more a time is vague, as `situation check` has it."""


@frozen
class NamedIds:
    """The ids of what rows name: places and areas, actors."""

    gazetteer: Gazetteer
    roster: Roster


def _origin_of(names: Iterable[str]) -> tuple[str, str]:
    """The id and the name of the bodies that a row relays, together: rows that relay the same ones are of one origin."""
    parts = sorted(set(names))
    title = " and ".join(parts)
    name = slug(title)
    if len(name) > _LONGEST_ID:
        name = f"{name[:_LONGEST_ID].rstrip('-')}-{hashlib.sha256(title.encode()).hexdigest()[:6]}"
    return name, title


def origin_rows(rows: Iterable[Row], taken: Iterable[str]) -> list[dict[str, str]]:
    """The origins that rows name and that are not known yet, by id."""
    named = dict(_origin_of(row.reported.origins) for row in rows if row.reported.origins)
    return [{"id": name, "name": named[name]} for name in sorted(named) if name not in set(taken)]


def claim_of(row: Row, names: NamedIds, claim_id: str, source: str, paragraph: int) -> dict[str, Any]:
    """A row as a claim.

    Args:
        row: the row.
        names: ids of places and actors.
        claim_id: the claim's id.
        source: the id of the source that the file is.
        paragraph: which non-empty line of the file, from 1.
    """
    first, last = row.first.isoformat(), row.last.isoformat()
    claim: dict[str, Any] = {
        "id": claim_id,
        "source": source,
        "paragraph": paragraph,
        "says": _says(row),
        "origin": _origin_of(row.reported.origins)[0] if row.reported.origins else None,
        "said": row.reported.by.isoformat() if row.reported.by is not None else None,
        "happened": first if first == last else {"earliest": first, "latest": last, "precision": _precision(row)},
        "asserts": _content(row, names),
        "note": row.note,
    }
    return {key: value for key, value in claim.items() if value not in (None, "")}


def _precision(row: Row) -> str:
    """How exactly a row is dated: by the day, or, where it tells of more than a week, within some days."""
    return "day" if (row.last - row.first).days < _LONGEST_BY_DAY else "vague"


def _content(row: Row, names: NamedIds) -> dict[str, Any]:
    place = names.gazetteer.of[row.spot]
    actors = [names.roster.of[side] for side in row.sides]
    doers, others = actors[: row.doers], actors[row.doers :]
    where = {"place": place} if place is not None else {}
    if row.deed == "statement":
        about = {"about": [place]} if place is not None else {}
        return {"statement": "Said", **about, "actors": sorted(set(actors))}
    if row.deed == "civilians killed":
        return {"event": "CiviliansKilled", **where, **_named(by=doers), **_number("number", row.killed)}
    if row.deed == "capture":
        taken = {"event": "Captured", **where, "by": doers, **({"against": others[0]} if others else {})}
        return taken | _tolls(row, actors)
    content: dict[str, Any] = {"event": "Attacked", **where}
    if row.deed == "clash" and len(set(actors)) > 1:
        content["between"] = sorted(set(actors))
    elif row.deed == "clash":  # of one actor, among itself: no other is named
        content |= {"by": actors[:1], "against": actors[0]} if actors else {}
    else:
        content |= _named(by=doers)
        if others:
            content["against"] = others[0]
    if row.means is not None:
        content["means"] = row.means
    return content | _tolls(row, actors)


def _tolls(row: Row, actors: list[str]) -> dict[str, Any]:
    of = _killed_of(row, actors)
    return {**_number("killed", row.killed), **_number("wounded", row.wounded), **({"killed_of": of} if of else {})}


def _named(**lists: list[str]) -> dict[str, list[str]]:
    return {key: names for key, names in lists.items() if names}


def _number(key: str, count: Count) -> dict[str, Any]:
    return {key: _quantity(count)} if count.given else {}


def _quantity(count: Count) -> dict[str, Any]:
    bounds = {"low": count.low, "best": count.best, "high": count.high}
    if count.low == count.best == count.high:
        bounds = {"best": count.best}
    return {**{name: number for name, number in bounds.items() if number is not None}, "unit": _UNIT}


def _killed_of(row: Row, actors: list[str]) -> dict[str, Any]:
    """The dead of each side. A side of none is left out: files write 0 both for none and for nobody counted."""
    of = {actor: number for actor, number in zip(actors, row.killed_by_side, strict=False) if number}
    of |= {name: number for name, number in ((CIVILIANS, row.civilians), (UNKNOWN, row.unknown)) if number}
    return {side: {"best": number, "unit": _UNIT} for side, number in sorted(of.items())}


def _says(row: Row) -> str:
    """What the row says, in a sentence of ours: texts of sources are not copied."""
    if row.words:
        return row.words
    sides = [side.name for side in row.sides]
    doers, others = sides[: row.doers], sides[row.doers :]
    by, where = " and ".join(doers), f" {_where(row)}"
    toll = f"{_toll(row.killed, 'killed')}{_toll(row.wounded, 'wounded')}"
    if row.deed == "clash" and sides:
        text = f"{' and '.join(sides)} fought{'' if len(sides) > 1 else ' among themselves'}{where}{toll}"
    elif row.deed == "capture":
        taker, loser = by or UNNAMED_FORCES, f" from {others[0]}" if others else ""
        text = f"{taker} took {row.spot.name or 'a place'}{loser}{toll}"
    elif row.deed == "civilians killed":
        unit = "civilian" if row.killed.figure == 1 else "civilians"
        number = f"{row.killed.figure} {unit}{_between(row.killed)}" if row.killed.given and not by else ""
        text = killing_in_words(by, number, where, "" if number else toll)
    else:
        text = attack_in_words(by, others[0] if others else "", row.means or "", where, toll)
    return f"{text[0].upper()}{text[1:]}."


def _where(row: Row) -> str:
    spot = row.spot
    words: Mapping[str, str] = {
        "place": f"at {spot.name}",
        "around": f"within {spot.km:g} km of {spot.name}",
        "area": f"in {spot.name}",
        "nowhere": "at a place not named",
    }
    return words[spot.scope]


def _toll(count: Count, what: str) -> str:
    if not count.given:
        return ""
    return f"; {count.figure} {what}{_between(count)}"


def _between(count: Count) -> str:
    bounds = count.low, count.high
    return f" ({count.low} to {count.high})" if None not in bounds and count.low != count.high else ""
