"""The keys of `map.yaml`, the file that makes a folder a situation's."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from situation.dates import Calendar
from situation.testimony.actors import Actor, Under
from situation.testimony.forms import Forms
from situation.testimony.ground import Link, Operation, Place, Region
from situation.testimony.kinds import LinkKind, PlaceKind
from situation.testimony.lexicon import CountWord, TimeWord
from situation.testimony.names import Alias
from situation.testimony.opening import Opening, Relation, Window
from situation.testimony.strictness import read_as_written
from situation.testimony.tour import TourStop

__all__ = ["MAP_FORMS", "LexiconWord", "MapFile", "is_situation"]

LexiconWord = TimeWord | CountWord
"""A word of time, with `least` and `most`; or of number, with `low` and `high`."""


@frozen
class MapFile:
    """The keys of `map.yaml`.

    `utc_offset` or `time_zone`: local time, always as far from UTC or by the rules of a place. `calendar`: in which the
    dates of the situation's files and answers are written. `place_kinds`, `link_kinds`: kinds of the map's own. `tour`: stops of
    a guided tour of its page.
    """

    situation: str
    title: str
    about: str
    window: Window
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    opening: Opening
    utc_offset: str | None = None
    time_zone: str | None = None
    calendar: Calendar = "gregorian"
    lexicon: tuple[LexiconWord, ...] = ()
    regions: tuple[Region, ...] = ()
    links: tuple[Link, ...] = ()
    place_kinds: tuple[PlaceKind, ...] = ()
    link_kinds: tuple[LinkKind, ...] = ()
    operations: tuple[Operation, ...] = ()
    tour: tuple[TourStop, ...] = ()


def is_situation(folder: Path) -> bool:
    """Whether a folder is a situation's: it holds a map."""
    return (folder / "map.yaml").is_file()


MAP_FORMS = Forms(
    keys={
        Alias: {"since": "from"},
        Under: {"since": "from"},
        Window: {"earliest": "from", "latest": "to"},
        Relation: {"actor": "from", "toward": "to"},
    },
    unwritten=dict.fromkeys((Alias, Under), ("span",)),
    either={Alias: lambda name: Alias(name=read_as_written(name, str))},
    own=(LexiconWord,),
)
"""How the keys of a map are read."""
