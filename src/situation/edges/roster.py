"""From the sides of rows to actors of a map: one that the map knows by the name, or a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.edges.gazetteer import Taken
from situation.edges.rows import Party
from situation.testimony.ground import Ground
from situation.testimony.spelling import spelling_key

__all__ = ["Roster", "roster_of"]


@frozen
class Roster:
    """The id of each side, and the actors that are new."""

    of: Mapping[Party, str]
    actors: tuple[Mapping[str, Any], ...]


def roster_of(parties: Iterable[Party], ground: Ground | None, taken: Taken) -> Roster:
    """Actors for some sides.

    Args:
        parties: the sides, as often as rows name them: of two spellings of one name the commoner is its name.
        ground: the map that there is; None: none yet.
        taken: what is in use; the new names are added.
    """
    of: dict[Party, str] = {}
    actors: list[Mapping[str, Any]] = []
    by_name: dict[str, str] = {}
    times = Counter(parties)
    for party in sorted(times, key=lambda party: (-times[party], party.name, party.kind)):
        key = spelling_key(party.name)
        known = by_name.get(key) or (ground.find(party.name) if ground is not None else None)
        if known is not None and (ground is None or known in ground.actors or known in by_name.values()):
            of[party] = known
            continue
        name, of[party] = taken.take((party.name, f"{party.name} ({party.kind})"))
        by_name[key] = of[party]
        actors.append({"id": of[party], "name": name, "kind": party.kind})
    return Roster(of, tuple(sorted(actors, key=lambda actor: str(actor["name"]))))
