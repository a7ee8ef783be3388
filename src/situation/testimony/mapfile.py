"""`map.yaml` as the ground: read, checked against itself, and refused whole if anything in it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field, frozen

from situation.clock import Clock, Duration, Interval
from situation.errors import Fault, Problem, Where, near_miss
from situation.events import CIVILIANS, SOMEWHERE, UNKNOWN, ActorId, AreaId, OperationId, PlaceId
from situation.testimony.codec import Codec, Names, check_id
from situation.testimony.documents import Document, Path_
from situation.testimony.ground import Actor, Ground, Link, Operation, Place, Region, TimeWord, spelling_key
from situation.testimony.opening import Opening, Relation, Window

__all__ = ["MapFile", "ground_of", "names_in", "names_of"]


@frozen
class MapFile:
    """The keys of `map.yaml`."""

    situation: str
    title: str
    about: str
    window: Window
    utc_offset: str
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    opening: Opening
    lexicon: tuple[TimeWord, ...] = ()
    regions: tuple[Region, ...] = ()
    links: tuple[Link, ...] = ()
    operations: tuple[Operation, ...] = ()


@define
class _Reading:
    document: Document
    problems: list[Problem] = field(factory=list)

    taken: dict[str, Path_] = field(factory=dict)

    def ids(self, key: str) -> list[str]:
        """The ids under one key, each once; a second use of one is a problem.

        Actors, places and regions share one set of ids. An operation may bear the name of the region that it is for.
        """
        if key not in ("actors", "places", "regions"):
            self.taken = {}
        names: list[str] = []
        rows = self.document.value.get(key)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            name = row.get("id") if isinstance(row, dict) else None
            if not isinstance(name, str):
                continue
            try:
                check_id(name)
            except Fault as fault:
                self.problem((key, number, *fault.under), fault.fact, fault.advice)
            if name in (UNKNOWN, SOMEWHERE):
                fact = f"'{name}' cannot be an id: it stands for what no source names."
                self.problem((key, number, "id"), fact, "Give it another.")
            if name in self.taken:
                first = self.document.where(self.taken[name]).line
                self.problem((key, number, "id"), f"The id '{name}' is taken, by line {first}.", "Give it another.")
            self.taken.setdefault(name, (key, number))
            if name not in names:
                names.append(name)
        return names

    def problem(self, path: tuple[str | int, ...], fact: str, advice: str) -> None:
        self.problems.append(Problem(self.document.where(path), fact, advice))


def names_of(ids: Mapping[str, Iterable[str]], spelled: Iterable[Mapping[str, Any]] = ()) -> Names:
    """The identifiers in force, from the lists of a map: an area is a place or a region."""
    known = {
        "actor": frozenset(ids["actors"]),
        "side": frozenset((*ids["actors"], CIVILIANS, UNKNOWN)),
        "place": frozenset(ids["places"]),
        "area": frozenset((*ids["places"], *ids["regions"])),
        "operation": frozenset(ids["operations"]),
    }
    spellings: dict[str, str] = {}
    for row in spelled:
        names = [row.get("id"), row.get("name"), *(row["aliases"] if isinstance(row.get("aliases"), list) else ())]
        for name in names:
            if isinstance(name, str):
                spellings.setdefault(spelling_key(name), str(row.get("id")))
    return Names(known, spellings)


def names_in(ground: Ground) -> Names:
    """The identifiers in force on a ground that has been read."""
    ids: dict[str, Any] = {
        "actors": ground.actors,
        "places": ground.places,
        "regions": ground.regions,
        "operations": ground.operations,
    }
    things = [thing for table in ids.values() for thing in table.values()]
    return names_of(ids, [{"id": one.id, "name": one.name, "aliases": list(one.aliases)} for one in things])


def ground_of(document: Document) -> tuple[Ground | None, Codec | None, list[Problem]]:
    """The ground that `map.yaml` describes, the codec that knows its names, and every problem of it.

    With problems, the ground is only good for finding more of them in what refers to it.
    """
    reading = _Reading(document)
    if not isinstance(document.value, dict):
        reading.problem((), "The map is not a mapping.", "Write keys such as 'places:' and 'actors:'.")
        return None, None, reading.problems
    ids = {key: reading.ids(key) for key in ("actors", "places", "regions", "operations", "links")}
    rows = [row for key in ids for row in _rows(document.value.get(key))]
    _check_spellings(document.value, reading)
    codec = Codec(names_of(ids, rows))
    codec.rename(Window, earliest="from", latest="to")
    codec.rename(Relation, actor="from", toward="to")
    plan, problems = codec.structure(document, (), document.value, MapFile)
    reading.problems += problems
    ground = _assemble(plan, reading) if plan is not None else _partial_ground(document, codec)
    return ground, codec, reading.problems


def _partial_ground(document: Document, codec: Codec) -> Ground | None:
    """As much of a faulty map as claims can still be checked against: its window, its offset and its words of time.

    Their problems are reported already; here they are used as far as they can be read.
    """
    window, window_problems = codec.structure(document, ("window",), document.value.get("window"), Window)
    offset = document.value.get("utc_offset")
    rows = [row for row in _rows(document.value.get("lexicon")) if isinstance(row.get("words"), str)]
    nothing = Duration(0)
    lexicon = tuple(
        codec.structure(document, ("lexicon",), row, TimeWord)[0] or TimeWord(row["words"], nothing, nothing, "")
        for row in rows
    )
    if window is None or window_problems or not isinstance(offset, str):
        return None
    silent = _Reading(document)
    opening = Opening("", {}, {}, ())
    return _assemble(MapFile("", "", "", window, offset, (), (), opening, lexicon), silent)


def _check_spellings(value: Mapping[str, Any], reading: _Reading) -> None:
    """Report spellings that two places, or an actor and a place, share."""
    owners: dict[str, str] = {}
    for key in ("actors", "places"):
        for number, row in enumerate(value[key] if isinstance(value.get(key), list) else ()):
            if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                continue
            aliases = row["aliases"] if isinstance(row.get("aliases"), list) else []
            for name in (row["id"], row.get("name"), *aliases):
                if isinstance(name, str) and owners.setdefault(spelling_key(name), row["id"]) != row["id"]:
                    fact = f"The spelling '{name}' is taken, by '{owners[spelling_key(name)]}'."
                    reading.problem((key, number), fact, "Give each spelling to one thing.")


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _assemble(plan: MapFile, reading: _Reading) -> Ground | None:
    offset = _offset(plan.utc_offset)
    if offset is None:
        reading.problem(("utc_offset",), f"'{plan.utc_offset}' is no offset.", 'Write "+03:00", in quotes.')
        return None
    clock = Clock(offset)
    window = _window(plan, clock, reading)
    _check_words(plan, reading)
    _check_hierarchies(plan, reading)
    _check_opening(plan, clock, window, reading)
    if window is None:
        return None
    where: dict[str, Where] = {"opening": reading.document.where(("opening",))}
    tables: dict[str, tuple[Any, ...]] = {"place": plan.places, "actor": plan.actors, "region": plan.regions}
    for key, rows in tables.items():
        for number, row in enumerate(rows):
            where[f"{key}:{row.id}"] = reading.document.where((f"{key}s", number))
    for place in plan.opening.places:
        where[f"opening:{place}"] = reading.document.where(("opening", "places", place))
    for actor in plan.opening.actors:
        where[f"opening:{actor}"] = reading.document.where(("opening", "actors", actor))
    for number, relation in enumerate(plan.opening.relations):
        where[f"opening:{relation.actor}:{relation.toward}"] = reading.document.where(("opening", "relations", number))
    return Ground(
        situation=plan.situation,
        title=plan.title,
        about=plan.about,
        window=window,
        clock=clock,
        lexicon={word.words: word for word in plan.lexicon},
        actors={ActorId(actor.id): actor for actor in plan.actors},
        places={PlaceId(place.id): place for place in plan.places},
        regions={AreaId(region.id): region for region in plan.regions},
        links={link.id: link for link in plan.links},
        operations={OperationId(operation.id): operation for operation in plan.operations},
        opening=plan.opening,
        where=where,
    )


def _offset(text: str) -> int | None:
    """Minutes ahead of UTC in an offset such as `+03:00`; None where it is none."""
    try:
        noon = Clock().interval(f"2000-01-01T12:00{text}") if text else None
    except Fault:
        return None
    return None if noon is None else Clock().interval("2000-01-01T12:00Z").latest - noon.latest


def _check_words(plan: MapFile, reading: _Reading) -> None:
    seen: set[str] = set()
    for number, word in enumerate(plan.lexicon):
        if word.words in seen:
            reading.problem(("lexicon", number), f"The words '{word.words}' stand here a second time.", "Keep one.")
        seen.add(word.words)


def _window(plan: MapFile, clock: Clock, reading: _Reading) -> Interval | None:
    spans = []
    for key, text in (("from", plan.window.earliest), ("to", plan.window.latest)):
        try:
            spans.append(clock.interval(text))
        except Fault as fault:
            reading.problem(("window", key), fault.fact, fault.advice)
    if len(spans) < 2:
        return None
    if spans[1].latest < spans[0].earliest:
        reading.problem(("window",), "The window ends before it begins.", "Swap from and to.")
        return None
    return Interval(spans[0].earliest, spans[1].latest)


def _check_hierarchies(plan: MapFile, reading: _Reading) -> None:
    parents: dict[str, str | None] = {actor.id: actor.parent for actor in plan.actors}
    within: dict[str, str | None] = {place.id: place.within for place in plan.places}
    for key, above, word in (("actors", parents, "parent"), ("places", within, "within")):
        for number, name in enumerate(above):
            seen, here = {name}, above[name]
            while here is not None and here not in seen:
                seen.add(here)
                here = above.get(here)
            if here == name:
                reading.problem((key, number, word), f"'{name}' stands under itself.", f"Mend its '{word}'.")
    regions = {region.id: region.places for region in plan.regions}
    for number, region in enumerate(plan.regions):
        waiting, seen_regions = [*region.places], set()
        while waiting:
            part = waiting.pop()
            if part == region.id:
                reading.problem(("regions", number), f"The region '{region.id}' holds itself.", "Take it out.")
                break
            if part in regions and part not in seen_regions:
                seen_regions.add(part)
                waiting.extend(regions[part])


def _check_opening(plan: MapFile, clock: Clock, window: Interval | None, reading: _Reading) -> None:
    try:
        at = clock.interval(plan.opening.at)
        if window is not None and at.earliest != window.earliest:
            reading.problem(("opening", "at"), "The opening is not at the window's start.", "Use the window's 'from'.")
    except Fault as fault:
        reading.problem(("opening", "at"), fault.fact, fault.advice)
    roots = {actor.id for actor in plan.actors if actor.parent is None}
    for place in plan.places:
        if place.id not in plan.opening.places:
            fact = f"The opening says nothing of '{place.id}'."
            reading.problem(("opening", "places"), fact, "Say how it stood; 'unknown' is an answer.")
    for actor in sorted(roots - set(plan.opening.actors)):
        reading.problem(("opening", "actors"), f"The opening says nothing of '{actor}'.", "Give its posture.")
    for place_id, opening in plan.opening.places.items():
        for name in (opening.holder, opening.besieger, *(part.actor for part in opening.parts)):
            if name is not None and name not in roots:
                hint = near_miss(name, roots) or "Name the actor at the top of its hierarchy."
                reading.problem(("opening", "places", place_id), f"'{name}' is a unit, not a holder.", hint)
    seen: set[tuple[str, str]] = set()
    for number, relation in enumerate(plan.opening.relations):
        pair = (relation.actor, relation.toward)
        if pair in seen:
            fact = f"The relation from '{pair[0]}' to '{pair[1]}' stands here a second time."
            reading.problem(("opening", "relations", number), fact, "Keep one.")
        seen.add(pair)
        if pair[0] == pair[1]:
            reading.problem(("opening", "relations", number), f"'{pair[0]}' stands to itself.", "Name two actors.")
        for key, name in zip(("from", "to"), pair, strict=True):
            if name not in roots:
                fact = f"'{name}' is a unit; relations are between whole sides."
                reading.problem(("opening", "relations", number, key), fact, "Name the actor at the top.")
