"""Testimony: what a source, quoting a speaker, asserts, denies or takes back; and how far each is to be trusted.

A claim is never edited: a correction or a retraction is a new claim. A grade is an assessment with a time of its own, so
that a reading "as known on the day" uses what could be judged on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NewType

from attrs import field, frozen

from situation.dates import Interval, Minute
from situation.errors import Where
from situation.events import ActorId, Event
from situation.events.predicates import Predicate
from situation.testimony.handling import Embargo, Label

__all__ = [
    "AsOf",
    "Claim",
    "Credibility",
    "Dated",
    "Follows",
    "Origin",
    "Reliability",
    "Source",
    "Speaker",
    "happening_id",
]

AsOf = NewType("AsOf", Minute)
"""The latest knowledge that an assessment presumes; written as a date, read as its last minute."""
_Precision = Literal["exact", "day", "week", "month", "year", "vague"]


@frozen
class Dated:
    """A time as a source gives it: its interval, how precise it is, the words, and how it was inferred.

    `doubtful`: the source is not sure of it, as `?` says in a date. `ranged`: it is written as one range, `A/B`, rather
    than as the bounds of a time that is not known.
    """

    span: Interval
    precision: _Precision = "exact"
    words: str = ""
    how: str = ""
    doubtful: bool = False
    ranged: bool = field(default=False, eq=False)


@frozen
class Reliability:
    """Admiralty reliability of a source or speaker, A (completely) to E (unreliable); F: cannot be judged."""

    grade: Literal["A", "B", "C", "D", "E", "F"]
    as_of: AsOf
    reason: str


@frozen
class Credibility:
    """Admiralty credibility of one item, 1 (confirmed) to 5 (improbable); 6: cannot be judged."""

    grade: Literal[1, 2, 3, 4, 5, 6]
    as_of: AsOf
    reason: str


@frozen
class Source:
    """An outlet's piece: where it stands, when it was published, and how far it is to be trusted.

    `rows`: it is a table of which each row is an event of its own, so that its claims never join each other by nearness.
    `newer_than`: the sources, by id, that are earlier exports of the same table: the rows of all of them are those of one.
    `may_take_back`: the sources, speakers and origins, by id, whose claims it may retract or correct, as an editor may.
    `edition`, `language`, `translator`, `archive`: which edition was read, in which language, by whose translation, and
    where it is kept. `tlp`, `embargo_until`: how all of its claims are to be handled.
    """

    id: str
    outlet: str
    published: Dated
    reliability: Reliability
    title: str = ""
    file: str = ""
    sha256: str = ""
    paragraphs: int | None = None
    where: str = ""
    lean: Mapping[ActorId, float] = field(factory=dict, hash=False)
    lean_reason: str = ""
    rows: bool = False
    newer_than: tuple[str, ...] = ()
    may_take_back: tuple[str, ...] = ()
    note: str = ""
    edition: str = ""
    language: str = ""
    translator: str = ""
    archive: str = ""
    tlp: Label | None = None
    embargo_until: Embargo | None = None
    at: Where = Where("")
    part: str = "record"


@frozen
class Speaker:
    """Someone quoted. `party`: the actor whose voice it is; voices of one party do not corroborate each other."""

    id: str
    name: str
    reliability: Reliability
    party: ActorId | None = None
    lean: Mapping[ActorId, float] = field(factory=dict, hash=False)
    lean_reason: str = ""
    may_take_back: tuple[str, ...] = ()
    note: str = ""
    at: Where = Where("")


@frozen
class Origin:
    """The body whose words an outlet relays: two outlets that relay one are one voice."""

    id: str
    name: str
    party: ActorId | None = None
    may_take_back: tuple[str, ...] = ()
    note: str = ""
    at: Where = Where("")


@frozen
class Follows:
    """A stated sequence: this came after another happening, by a gap that a word of time names."""

    happening: str
    gap: str = ""


def happening_id(kind: str, subject: str, episode: str) -> str:
    """The name of one happening: its event type, its subject and its episode, `captured/ford/ford-falls`."""
    return f"{kind.lower()}/{subject}/{episode}"


@frozen
class Claim:
    """Source S, in paragraph P, quoting speaker Q, asserts (or denies, or retracts) that E happened in the interval I.

    `retracts` and `corrects` name the claim that is taken back; what corrects also asserts or denies something in its place. Of a
    retraction `replaced_by` names the claim that stands in the place of what it takes back: the row as a newer export has it.
    """

    id: str
    source: str
    says: str
    said_by: str
    origin: str
    mode: Literal["asserts", "denies", "retracts"]
    kind: Literal["event", "statement", "forecast", "retraction"]
    content: Event | Predicate | None
    retracts: str = ""
    replaced_by: str = ""
    corrects: str = ""
    paragraph: int | None = None
    said: Dated | None = None
    happened: Dated | None = None
    episode: str = ""
    follows: tuple[Follows, ...] = ()
    credibility: tuple[Credibility, ...] = ()
    damaged: str = ""
    note: str = ""
    tlp: Label | None = None
    embargo_until: Embargo | None = None
    at: Where = Where("")
    part: str = "record"

    @property
    def event(self) -> Event | None:
        """The event, where the claim is of one (or forecasts one)."""
        return self.content if isinstance(self.content, Event) else None

    @property
    def predicate(self) -> Predicate | None:
        """The predicate, where the claim states (or forecasts) the state."""
        return self.content if isinstance(self.content, Predicate) else None

    @property
    def takes_back(self) -> str:
        """The id of the claim that it retracts or corrects; empty where it does neither."""
        return self.retracts or self.corrects

    def credibility_at(self, known_at: Minute) -> Credibility | None:
        """The latest assessment that presumes nothing later than `known_at`; None: it could not be judged yet."""
        known = [assessment for assessment in self.credibility if assessment.as_of <= known_at]
        return max(known, key=lambda assessment: assessment.as_of) if known else None
