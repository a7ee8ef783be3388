"""`map.yaml` as the ground: read, checked against itself, and refused whole if anything in it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import define, evolve, field

from situation.dates import CALENDARS, Duration, Interval
from situation.errors import Fault, Problem, Where
from situation.events import SOMEWHERE, UNKNOWN, ActorId, AreaId, OperationId, PlaceId
from situation.testimony.actors import Actor
from situation.testimony.codec import Codec
from situation.testimony.datedrows import dated_rows
from situation.testimony.dating.clock import Clock, FixedZone, Zone, named_zone
from situation.testimony.dating.edtf import read_date
from situation.testimony.documents import Document, Path_
from situation.testimony.ground import Ground, Operation, Place, Region
from situation.testimony.ids import check_folder_id, check_id
from situation.testimony.kinds import LINK_KINDS, PLACE_KINDS
from situation.testimony.lexicon import ABOUT, COUNTS, CountWord, TimeWord, word_key
from situation.testimony.mapfaults import (
    check_dated_names,
    check_hierarchies,
    check_kinds,
    check_opening,
    check_spellings,
    check_words,
)
from situation.testimony.mapkeys import MAP_FORMS, LexiconWord, MapFile
from situation.testimony.mapnames import names_of, unread_kinds
from situation.testimony.names import Period, spanned
from situation.testimony.opening import Opening, Window
from situation.testimony.strictness import no_keys
from situation.testimony.tour import time_faults

__all__ = ["ground_of"]

_P = TypeVar("_P", bound=Period)
_T = TypeVar("_T", Actor, Place, Region, Operation)


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

    def own_name(self) -> None:
        """Check the situation's id: folders and files are named after it."""
        name = self.document.value.get("situation")
        if isinstance(name, str):
            try:
                check_folder_id(name)
            except Fault as fault:
                self.problem(("situation",), fault.fact, fault.advice)

    def problem(self, path: tuple[str | int, ...], fact: str, advice: str) -> None:
        self.problems.append(Problem(self.document.where(path), fact, advice))


def ground_of(document: Document) -> tuple[Ground | None, Codec | None, list[Problem]]:
    """The ground that `map.yaml` describes, the codec that knows its names, and every problem of it.

    With problems, the ground is only good for finding more of them in what refers to it.
    """
    reading = _Reading(document)
    if not isinstance(document.value, dict):
        advice = "Begin with lines such as 'situation: NAME', 'window:', 'places:' and 'actors:'."
        reading.problem((), no_keys(document.value), advice)
        return None, None, reading.problems
    reading.own_name()
    ids = {key: reading.ids(key) for key in ("actors", "places", "regions", "operations", "links")}
    rows = [row for key in ids for row in _rows(document.value.get(key))]
    check_spellings(document.value, reading.problem)
    codec = Codec(evolve(names_of(ids, rows), unread=unread_kinds(document.value)), forms=MAP_FORMS)
    codec.own = {LexiconWord: lambda value: codec.plainly(value, _kind_of_word(value))}
    plan, problems = codec.structure(document, (), document.value, MapFile)
    reading.problems += problems
    ground = _assemble(plan, reading) if plan is not None else _partial_ground(document, codec)
    if ground is not None:
        codec.counts = ground.counts
        if codec.names is not None:
            codec.names = codec.names.with_dated(dated_rows(document, codec, ground.clock))
    return ground, codec, reading.problems


def _kind_of_word(value: Any) -> Any:
    """Whether an entry of the lexicon is of number, which has bounds, or of time."""
    return CountWord if isinstance(value, dict) and ("low" in value or "high" in value) else TimeWord


def _partial_ground(document: Document, codec: Codec) -> Ground | None:
    """As much of a faulty map as claims can still be checked against: its window, its offset and its words of time.

    Their problems are reported already; here they are used as far as they can be read.
    """
    value = document.value
    window, window_problems = codec.structure(document, ("window",), value.get("window"), Window)
    rows = [row for row in _rows(value.get("lexicon")) if isinstance(row.get("words"), str)]
    nothing = Duration(0)
    lexicon: list[LexiconWord] = []
    for row in rows:
        of_number = _kind_of_word(row) is CountWord
        stand_in = CountWord(row["words"], 0, 0, "") if of_number else TimeWord(row["words"], nothing, nothing, "")
        read: LexiconWord | None = codec.structure(document, ("lexicon",), row, _kind_of_word(row))[0]
        lexicon.append(read or stand_in)
    if window is None or window_problems:
        return None
    silent = _Reading(document)
    offset, zone, calendar = (value.get(key) for key in ("utc_offset", "time_zone", "calendar"))
    opening = Opening("", {}, {}, ())
    plan = MapFile("", "", "", window, (), (), opening, lexicon=tuple(lexicon))
    plan = evolve(plan, utc_offset=offset if isinstance(offset, str) else None)
    plan = evolve(plan, time_zone=zone if isinstance(zone, str) else None)
    return _assemble(evolve(plan, calendar=calendar if calendar in CALENDARS else plan.calendar), silent)


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _assemble(plan: MapFile, reading: _Reading) -> Ground | None:
    zone = _zone(plan, reading)
    if zone is None:
        return None
    clock = Clock(zone, plan.calendar)
    window = _window(plan, clock, reading)
    plan = _with_spans(plan, clock, reading)
    check_words(plan, reading.problem)
    check_hierarchies(plan, reading.problem)
    check_kinds(plan, reading.problem)
    check_dated_names(plan, reading.problem)
    check_opening(plan, clock, window, reading.problem)
    if window is None:
        return None
    time_faults(plan.tour, clock, window, reading.problem)
    where: dict[str, Where] = {key: reading.document.where((key,)) for key in ("opening", "window", "title", "about")}
    where |= {f"lexicon:{one.words}": reading.document.where(("lexicon", i)) for i, one in enumerate(plan.lexicon)}
    where |= {f"tour:{number}": reading.document.where(("tour", number)) for number in range(len(plan.tour))}
    tables: dict[str, tuple[Any, ...]] = {"place": plan.places, "actor": plan.actors, "region": plan.regions}
    tables |= {"link": plan.links, "operation": plan.operations}
    for key, rows in tables.items():
        for number, row in enumerate(rows):
            where[f"{key}:{row.id}"] = reading.document.where((f"{key}s", number))
    for name, path, _ in plan.opening.entries():
        where[name] = reading.document.where(("opening", *path))
    return Ground(
        situation=plan.situation,
        title=plan.title,
        about=plan.about,
        window=window,
        clock=clock,
        lexicon={**ABOUT} | {word.words: word for word in plan.lexicon if isinstance(word, TimeWord)},
        counts={**COUNTS} | {word_key(word.words): word for word in plan.lexicon if isinstance(word, CountWord)},
        actors={ActorId(actor.id): actor for actor in plan.actors},
        places={PlaceId(place.id): place for place in plan.places},
        regions={AreaId(region.id): region for region in plan.regions},
        links={link.id: link for link in plan.links},
        operations={OperationId(operation.id): operation for operation in plan.operations},
        opening=plan.opening,
        place_kinds={**PLACE_KINDS} | {kind.id: kind for kind in plan.place_kinds},
        link_kinds={**LINK_KINDS} | {kind.id: kind for kind in plan.link_kinds},
        where=where,
        tour=plan.tour,
    )


def _zone(plan: MapFile, reading: _Reading) -> Zone | None:
    """The zone that a map states: by name, or by an offset such as `+03:00`; None where it states none that can be read."""
    if (plan.utc_offset is None) == (plan.time_zone is None):
        many = (
            "both 'utc_offset' and 'time_zone'"
            if plan.time_zone is not None
            else "neither 'utc_offset' nor 'time_zone'"
        )
        advice = "Give 'time_zone', such as Europe/Kyiv, or 'utc_offset', such as \"+03:00\"."
        reading.problem(("time_zone",) if plan.time_zone is not None else (), f"The map has {many}.", advice)
        return None
    try:
        if plan.time_zone is not None:
            return named_zone(plan.time_zone)
        end = read_date(f"2000-01-01T12:00{plan.utc_offset}").first
    except Fault as fault:
        if plan.time_zone is not None:
            reading.problem(("time_zone",), fault.fact, fault.advice)
            return None
        end = None
    if end is None or end.zone is None or end.about or end.doubtful:
        reading.problem(("utc_offset",), f"'{plan.utc_offset}' is no offset.", 'Write "+03:00", in quotes.')
        return None
    return FixedZone(end.zone)


def _with_spans(plan: MapFile, clock: Clock, reading: _Reading) -> MapFile:
    """The plan with the dated names and parents of its things in minutes."""

    def over(path: Path_, rows: Iterable[_P]) -> tuple[_P, ...]:
        read: list[_P] = []
        for number, row in enumerate(rows):
            try:
                read.append(spanned(row, clock))
            except Fault as fault:
                reading.problem((*path, number), fault.fact, fault.advice)
        return tuple(read)

    def dated(key: str, things: Iterable[_T]) -> tuple[_T, ...]:
        made: list[_T] = []
        for number, thing in enumerate(things):
            at: Path_ = (key, number)
            tables = [name for name in ("aliases", "names", "parents") if hasattr(thing, name)]
            spans: dict[str, Any] = {name: over((*at, name), getattr(thing, name)) for name in tables}
            made.append(evolve(thing, **spans))
        return tuple(made)

    return evolve(
        plan,
        actors=dated("actors", plan.actors),
        places=dated("places", plan.places),
        regions=dated("regions", plan.regions),
        operations=dated("operations", plan.operations),
    )


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
