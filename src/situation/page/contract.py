"""What the page is given: the shape of its payload, field by field.

Times are minutes since 1970-01-01T00:00Z. ``names``, of who was renamed: rows ``[from, name]``.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from situation.page.disagreements import DisputeShape, MismatchShape, UnbelievedShape
from situation.page.judgements.judgement import Judgement
from situation.page.method import AssumptionShape, IdentityShape, MethodShape

__all__ = [
    "DIGEST_DIGITS",
    "ActorShape",
    "AssumptionShape",
    "ClaimShape",
    "ClockShape",
    "DisputeShape",
    "EnsembleShape",
    "EntryShape",
    "IdentityShape",
    "MethodShape",
    "MismatchShape",
    "PayloadShape",
    "PlaceShape",
    "ReadingShape",
    "SourceShape",
    "StopShape",
    "UnbelievedShape",
    "missing_fields",
]

DIGEST_DIGITS = 12
"""So many digits of a digest identify a run: in the names of run folders, and in captions."""


class ActorShape(TypedDict):
    """A side or one of its parts; ``colour`` and ``shape`` are read from the root of its tree. ``together``: several as one."""

    id: str
    name: str
    parent: str | None
    root: str
    colour: dict[str, str]
    shape: str
    aliases: list[str]
    names: NotRequired[list[list[Any]]]
    together: NotRequired[list[str]]


class PlaceShape(TypedDict):
    """A place on the map; ``within`` nests a quarter in its city; ``lat`` and ``lon`` in degrees; ``area``: no point."""

    id: str
    name: str
    aliases: list[str]
    kind: str
    area: bool
    country: str
    lat: float
    lon: float
    bank: str | None
    within: str | None
    size: str
    precision_km: float | None
    source: str
    names: NotRequired[list[list[Any]]]


class SourceShape(TypedDict):
    """A published piece; ``published``: ``earliest``, ``latest``, ``precision``, ``how``; ``copy``: which edition, kept where."""

    id: str
    outlet: str
    title: str
    published: dict[str, Any]
    reliability: str
    reason: str
    lean: list[dict[str, str]]
    background: bool
    copy: NotRequired[str]


class ClaimShape(TypedDict):
    """One sentence of one source, as the record holds it; ``known`` is the minute from which it can be read.

    ``later`` marks one that was not known at the branch: the stories take no note of it. ``weight``: 0 to 1, as graded
    now; ``rank``: its place among the evidence; ``speaks_to``: cell and answer in words; ``means``: what a statement is read
    as; ``retracted``: ``at`` which minute it was taken back, and ``by`` which claim.
    """

    id: str
    source: str
    paragraph: int | None
    said_by: str | None
    origin: str | None
    reliability: str
    credibility: int
    weight: float
    rank: int
    stance: str
    event: str
    cell: str | None
    answer: Any
    speaks_to: NotRequired[str]
    means: NotRequired[str]
    says: str
    earliest: int
    latest: int
    precision: str
    words: str | None
    said: int | None
    published: int
    known: int
    episode: str | None
    file: str
    line: int
    note: str | None
    background: bool
    later: NotRequired[bool]
    retracted: NotRequired[dict[str, Any] | None]


class EntryShape(TypedDict):
    """One line of the log a reading gives; ``assumed`` says why, where no claim settles an opening value.

    In the reading ``day`` an event has a row a version: ``held`` are the spans of minutes, without their end, in
    which it stood so. ``weighed``: of a change of control the answers of which the belief chose one, each in words with
    its weight and whether it was accepted. ``credit``: in words each field, what it says, and the claims that gave it.
    ``voices``: its claims by independent voice, where one voice makes several. ``behind``: all claims that tell of the event,
    where some of them name others as those who did it.
    ``killed``: least, best and most; ``others_say``: others' numbers. ``mark``: opening, before, event, step, or beside.
    """

    id: str
    time: int
    earliest: int
    latest: int
    lane: str
    event: str
    place: str | None
    actors: list[str]
    text: str
    claims: list[str]
    against: list[str]
    disputed: bool
    mark: str
    assumed: NotRequired[str]
    held: NotRequired[list[list[int]]]
    weighed: NotRequired[list[list[Any]]]
    credit: NotRequired[list[list[Any]]]
    killed: NotRequired[list[float]]
    others_say: NotRequired[str]
    voices: NotRequired[list[list[str]]]
    behind: NotRequired[list[str]]


class ReadingShape(TypedDict):
    """One way to read the record. ``history``: rows ``[cell, value, since, until, entry, earliest, latest]`` of drawn cells.

    In the reading ``day`` a row holds at a minute if it was so by all that was known *at that minute*. Its ``blurred`` rows
    are ``[cell, from, until, earliest, latest]``: from one minute up to the other the change lay in that interval.

    ``evidence``: by the holder and the status of a place, rows ``[claim, group, from, until]``: from one minute up to,
    and without, the other the claim says so (0), speaks of another time (1) or says otherwise (2). ``revised``: rows
    ``[claim, of what, the figure, by, from, until]`` of figures that their own voice has replaced by that of another claim.
    ``may_hold``: rows ``[place, earliest, latest, holders, from, until]`` of times when it is uncertain who holds a place.
    ``rule``: what the belief accepts, in words. A reading by a ``view`` has the claims named in ``only`` and no others.
    """

    id: str
    label: str
    hint: str
    entries: list[EntryShape]
    history: list[list[Any]]
    disputes: list[DisputeShape]
    mismatches: list[MismatchShape]
    untestable: list[str]
    evidence: dict[str, list[list[Any]]]
    revised: list[list[Any]]
    may_hold: list[list[Any]]
    rule: str
    view: NotRequired[str]
    only: NotRequired[list[str]]
    unbelieved: NotRequired[list[UnbelievedShape]]
    blurred: NotRequired[list[list[Any]]]


class EnsembleShape(TypedDict):
    """The outcome of one scenario's stories. Days are minutes, the branch first.

    ``shares``: by place its ``holders``, ``rows`` of day and one share a holder, each until the next, and beside them
    ``errors``, two ends of a counting error a holder. ``bands``: by actor and level (``p05`` to ``p95``) its men by
    day; ``forces``: low, best and high of its men at the branch. ``takings``: by actor the places taken on each day;
    ``clashes`` and ``given``: shares of stories by day; ``fates``: by side what becomes of its men, the means in
    ``sides`` and the middle nine in ten of the stories in ``ranges``. The ``errors`` of clashes: as those of shares.
    ``questions``: as in the run's results; ``numbers``: what is drawn, with ``words``.
    """

    id: str
    title: str
    about: str
    assumes: str
    digest: str
    seed: int
    runs: int
    failed: int
    days: list[int]
    shares: dict[str, dict[str, Any]]
    bands: dict[str, dict[str, list[int]]]
    forces: dict[str, dict[str, float]]
    takings: dict[str, list[float]]
    clashes: list[dict[str, Any]]
    given: list[dict[str, Any]]
    fates: dict[str, Any]
    expected: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    numbers: dict[str, dict[str, Any]]
    matters: list[str]


class StopShape(TypedDict):
    """A stop of a guided tour: the minute that the page then shows, what it says, where one looks, and on which claims."""

    at: int
    text: str
    place: str | None
    claims: list[str]


class ClockShape(TypedDict):
    """How minutes are written: the zone's name, the calendar, and pairs of a minute and the offset from it on, in minutes."""

    zone: str
    calendar: str
    changes: list[list[int]]


class PayloadShape(TypedDict):
    """Everything the page shows; ``branch`` and ``ensembles`` where stories go on from the record.

    ``courses``: by event its ``voices``, each a ``name`` and ``reports`` ``[claim, minute, role, changes]``, and ``circles``.
    ``rules``: of stories, from the name of a rule to its words.
    ``symbols`` holds the outlines of a symbol for the map, where they were asked for.
    A reading that goes on with stories names them in ``stories``: a key of ``ensembles``, or ``difference``; one that
    has ``same`` takes entries, history and disputes from the reading of that name. A reading of one story has ``story``.
    One that has neither is the record's own: it ends with the minute ``recorded_to``, though the window may go on.
    """

    kind: str
    title: str
    about: str
    judgements: NotRequired[list[Judgement]]
    window: list[int]
    utc_offset_min: int
    clock: NotRequired[ClockShape]
    handling: NotRequired[dict[str, str | None]]
    actors: list[ActorShape]
    places: list[PlaceShape]
    regions: list[dict[str, Any]]
    links: list[dict[str, Any]]
    geo: dict[str, Any]
    sources: list[SourceShape]
    speakers: list[dict[str, Any]]
    origins: list[dict[str, Any]]
    claims: list[ClaimShape]
    readings: list[ReadingShape]
    identity: IdentityShape
    downloads: list[dict[str, str]]
    start: NotRequired[int]
    branch: NotRequired[int]
    recorded_to: NotRequired[int]
    ensembles: NotRequired[dict[str, EnsembleShape]]
    comparison: NotRequired[dict[str, Any]]
    courses: NotRequired[dict[str, dict[str, Any]]]
    assumptions: NotRequired[list[AssumptionShape]]
    method: NotRequired[MethodShape]
    tour: NotRequired[list[StopShape]]
    rules: NotRequired[dict[str, str]]
    symbols: NotRequired[dict[str, Any]]


def missing_fields(payload: Mapping[str, Any]) -> list[str]:
    """Name the required fields of the payload that are absent, in the order of the contract."""
    required = PayloadShape.__required_keys__
    return [name for name in PayloadShape.__annotations__ if name in required and name not in payload]
