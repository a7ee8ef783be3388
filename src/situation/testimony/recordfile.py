"""`sources.yaml`, `record.yaml` and `background.yaml` as testimony: read, checked against each other and the ground."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from situation.dates import Interval
from situation.errors import Fault, Problem, near_miss
from situation.events import ActorId
from situation.rules import ASSUMED
from situation.testimony.authority import lending_faults
from situation.testimony.claimrow import ClaimRow, Content, claim_rows, unnamed_id
from situation.testimony.claims import (
    AsOf,
    Claim,
    Dated,
    Origin,
    Source,
    Speaker,
)
from situation.testimony.codec import Codec
from situation.testimony.documents import Document, Path_
from situation.testimony.forms import Forms
from situation.testimony.ground import Ground
from situation.testimony.handling import Embargo, Label, read_tlp
from situation.testimony.handsets import HAND_KEYS, HandSet, check_hand_sets, hand_sets, lone_hand_key
from situation.testimony.ids import check_id
from situation.testimony.names import ALWAYS, earlier_name
from situation.testimony.sequencefaults import sequence_faults
from situation.testimony.strictness import no_keys
from situation.testimony.testimony import Testimony
from situation.testimony.testimonyfaults import check_testimony
from situation.testimony.times import read_time
from situation.testimony.vocabulary import split_tag

__all__ = ["read_testimony"]


_FORMS = Forms(
    unwritten={cls: tuple(name for name in ("at", "part") if hasattr(cls, name)) for cls in (Source, Speaker, Origin)},
    own=(Dated, Label, Embargo, AsOf, Content),
)


@define
class _Reading:
    ground: Ground
    codec: Codec
    problems: list[Problem] = field(factory=list)
    unread: set[str] = field(factory=set)
    torn: bool = False
    tables: dict[str, dict[str, Any]] = field(factory=lambda: {key: {} for key in _TABLES})
    homes: dict[tuple[str, str], tuple[Document, Path_]] = field(factory=dict)
    times: dict[str, Dated] = field(factory=dict)
    contents: dict[str, Content] = field(factory=dict)
    sets: dict[str, list[HandSet]] = field(factory=lambda: {key: [] for key in HAND_KEYS})

    def __attrs_post_init__(self) -> None:
        self.codec.forms = _FORMS
        self.codec.own = {
            Dated: self.time,
            Label: lambda value: read_tlp(self.codec.plainly(value, str)),
            Embargo: lambda value: self.ground.clock.interval(self.codec.plainly(value, str)).earliest,
            AsOf: lambda value: self.ground.clock.moment(self.codec.plainly(value, str)),
            Content: self.content,
        }

    def problem(self, document: Document, path: Path_, fact: str, advice: str) -> None:
        self.problems.append(Problem(document.where(path), fact, advice))

    def time(self, value: Any) -> Dated:
        """A time as written. Many claims have the same, which is read once."""
        if not isinstance(value, str):
            return read_time(value, self.ground, self.codec)
        if value not in self.times:
            self.times[value] = read_time(value, self.ground, self.codec)
        return self.times[value]

    def content(self, value: Any) -> Content:
        """What a claim asserts or denies: a mapping with one of the keys event, statement, forecast.

        Reports often say just the same, which is read once.
        """
        keys = [key for key in ("event", "statement", "forecast") if isinstance(value, dict) and key in value]
        if len(keys) != 1:
            raise Fault("The claim has no content.", "Write one of the keys event, statement or forecast.")
        dated = self.codec.names is not None and self.codec.names.borne  # then an id hangs on the time, too
        written = "" if dated else repr(value)
        if written in self.contents:
            return self.contents[written]
        cls, rest = split_tag(value, keys[0])
        kind: Any = keys[0]
        read = Content(kind, self.codec.plainly(rest, cls))
        if not dated:
            self.contents[written] = read
        return read

    def table(self, document: Document, key: str, rows: Any, prefix: Path_, part: str) -> None:
        if not isinstance(rows, list):
            self.torn = True
            self.problem(document, prefix, f"'{key}' is not a list.", "Begin each entry with a dash.")
            return
        for number, written in enumerate(rows):
            path = (*prefix, number)
            if not prefix and (lone := lone_hand_key(written)):
                self.by_hand(document, lone, [written[lone]], (number, lone))
                continue
            unnamed = key == "claims" and isinstance(written, dict) and "id" not in written
            row = {"id": unnamed_id(written), **written} if unnamed else written
            self.codec.during = self.spoken_of(document, path, row)
            read, problems = self.codec.structure(document, path, row, _TABLES[key])
            self.problems += problems
            name = row.get("id") if isinstance(row, dict) else None
            if read is None and isinstance(row, dict):
                self.unread.add(str(row.get("episode")))
            if isinstance(name, str):
                try:
                    check_id(name)
                except Fault as fault:
                    self.problem(document, (*path, *fault.under), fault.fact, fault.advice)
                if (key, name) in self.homes:
                    first, at = self.homes[key, name]
                    fact = f"The id '{name}' is taken, at {first.where(at)}."
                    self.problem(document, (*path, "id"), fact, "Give it another.")
                    continue
                self.homes[key, name] = (document, path)
            if read is not None:
                self.tables[key][read.id] = self.completed(read, document, path, part)

    def by_hand(self, document: Document, key: str, rows: Any, at: Path_ | None = None) -> None:
        rows_read, problems = hand_sets(document, key, rows, at)
        self.sets[key] += rows_read
        self.problems += problems

    def learn_names(self, rows: Iterable[tuple[Document, Path_, Any]]) -> None:
        """Take in the names that claims say actors bore: each from its claim's time on, the first name until then."""
        renamed: dict[str, list[tuple[str, Interval]]] = {}
        known = self.codec.names.known["actor"] if self.codec.names is not None else ()
        for document, path, row in rows:
            content = row.get("asserts") if isinstance(row, dict) else None
            if not isinstance(content, dict) or content.get("event") != "ActorDescribed":
                continue
            if content.get("attribute") != "name" or not isinstance(content.get("value"), str):
                continue
            span, actor = self.spoken_of(document, path, row), content.get("actor")
            if span is not None and isinstance(actor, str) and actor in known:
                renamed.setdefault(actor, []).append((content["value"], Interval(span.earliest, ALWAYS.latest)))
        learnt = []
        for actor, names in renamed.items():
            learnt += [(name, span, actor) for name, span in names]
            first = self.ground.actors.get(ActorId(actor))
            if first is not None and not first.names:
                learnt += earlier_name(first.name, actor, [span for _, span in names])
        if self.codec.names is not None:
            self.codec.names = self.codec.names.with_dated(learnt)

    def spoken_of(self, document: Document, path: Path_, row: Any) -> Interval | None:
        """The time that a row is about, at which its names are read; None: it gives none, or none that can be read."""
        for key in ("happened", "said"):
            if isinstance(row, dict) and key in row:
                time: Dated | None = self.codec.structure(document, (*path, key), row[key], Dated)[0]
                return None if time is None else time.span
        return None

    def completed(self, read: Any, document: Document, path: Path_, part: str) -> Any:
        at = document.where(path)
        if isinstance(read, Source):
            return evolve(read, at=at, part=part)
        if not isinstance(read, ClaimRow):
            return evolve(read, at=at)
        modes = [mode for mode in ("asserts", "denies", "retracts") if getattr(read, mode) is not None]
        if len(modes) != 1:
            fact = f"The claim {' and '.join(modes)} at once." if modes else "The claim says nothing."
            self.problem(document, path, fact, "Write one of the keys asserts, denies and retracts.")
        content = read.asserts or read.denies
        mode: Any = modes[0] if modes else "asserts"
        return Claim(
            id=read.id,
            source=read.source,
            says=read.says,
            said_by=read.said_by,
            origin=read.origin or (read.source if read.said_by == "article" else read.said_by),
            mode=mode,
            kind=content.kind if content else "retraction",
            content=content.of if content else None,
            retracts=read.retracts or "",
            replaced_by=read.replaced_by,
            corrects=read.corrects,
            paragraph=read.paragraph,
            said=read.said,
            happened=read.happened,
            episode=read.episode,
            follows=read.follows,
            credibility=read.credibility,
            damaged=read.damaged,
            note=read.note,
            tlp=read.tlp,
            embargo_until=read.embargo_until,
            at=at,
            part=part,
        )


_TABLES: dict[str, Any] = {"sources": Source, "speakers": Speaker, "origins": Origin, "claims": ClaimRow}


def read_testimony(
    ground: Ground, codec: Codec, documents: Iterable[tuple[str, Document]], whole: bool = True
) -> tuple[Testimony, list[Problem]]:
    """The testimony of some documents, each with the part it belongs to, and every problem of theirs.

    Args:
        ground: what claims may refer to.
        codec: the codec that knows the ground's names.
        documents: pairs of a part's name (`record`, `background`) and a document.
        whole: whether every file could be read; if not, each entry is checked by itself alone.
    """
    reading = _Reading(ground, codec)
    documents = list(documents)
    reading.learn_names(row for _, document in documents for row in claim_rows(document))
    for part, document in documents:
        if isinstance(document.value, list):
            reading.table(document, "claims", document.value, (), part)
            continue
        if not isinstance(document.value, dict):
            reading.torn = True
            key = "sources" if Path(document.file).stem == "sources" else "claims"
            advice = f"Begin with a line '{key}:', and list the {key} under it, each behind a dash."
            reading.problem(document, (), no_keys(document.value), advice)
            continue
        for key, rows in document.value.items():
            if key in _TABLES:
                reading.table(document, key, rows, (key,), part)
            elif key in HAND_KEYS:
                reading.by_hand(document, key, rows)
            else:
                reading.torn = True
                keys = (*_TABLES, *HAND_KEYS)
                hint = near_miss(key, keys) or f"Its keys are: {', '.join(keys)}."
                reading.problem(document, (key,), f"The file has no key '{key}'.", hint)
    tables, sets = reading.tables, reading.sets
    by_hand = {key: tuple(one.claims for one in rows_of) for key, rows_of in sets.items()}
    testimony = Testimony(tables["sources"], tables["speakers"], tables["origins"], tables["claims"], **by_hand)
    if whole and not reading.torn:
        known = {key: frozenset(name for kind, name in reading.homes if kind == key) for key in _TABLES}
        faults = [*check_testimony(testimony, known, ground), *lending_faults(testimony, known)]
        for key, name, path, fault in (*faults, *sequence_faults(testimony, ground, reading.unread)):
            document, home = reading.homes[key, name]
            reading.problem(document, (*home, *path), fault.fact, fault.advice)
        reading.problems += _opening_claims(ground, known["claims"])
        reading.problems += check_hand_sets(testimony, known["claims"], sets)
    codec.own = {}  # the codec and the reading would hold each other, and all documents
    return _ended_by_report(testimony), reading.problems


def _ended_by_report(testimony: Testimony) -> Testimony:
    """The testimony with each event's interval cut off at its report: nothing happened after it was reported."""
    claims = dict(testimony.claims)
    for name, claim in testimony.claims.items():
        happened, event, source = claim.happened, claim.event, testimony.sources.get(claim.source)
        if happened is None or source is None or event is None or claim.kind != "event" or event.lasting:
            continue
        reported = max(time.span.latest for time in (source.published, claim.said) if time is not None)
        if happened.span.earliest <= reported < happened.span.latest:
            span = Interval(happened.span.earliest, reported)
            claims[name] = evolve(claim, happened=evolve(happened, span=span))
    return evolve(testimony, claims=claims)


def _opening_claims(ground: Ground, claims: Collection[str]) -> list[Problem]:
    """Claims that the opening names and nobody made."""
    problems = []
    for home, _, because in ground.opening.entries():
        for claim in because:
            if claim not in claims:
                hint = near_miss(claim, claims, 0.85) or "Name claims of the record."
                if near_miss(claim.upper(), (ASSUMED,), 0.8):
                    hint = "Say why it is assumed under 'assumed', in place of 'because'."
                problems.append(Problem(ground.where[home], f"There is no claim '{claim}'.", hint))
    return problems
