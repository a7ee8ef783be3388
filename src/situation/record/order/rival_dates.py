"""What happens once until it is undone, and is told of two days: the voices are rivals over the time, and one is believed.

A place that is taken stays taken until another takes it; so who says that it fell two days later, to the same, speaks of the same
day's work and dates it otherwise. Both reports stay in the log, and are listed as possibly one; the state goes by the date that
the belief accepts. Likewise two who are each said to have taken a place from one loser, some days apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define, evolve, field, frozen

from situation.dates import DAY
from situation.events import (
    ActorsMerged,
    ActorSplit,
    AirSupportGiven,
    AirSupportWithdrawn,
    Besieged,
    Blockaded,
    BlockadeLifted,
    Captured,
    CeasefireAgreed,
    Event,
    GarrisonSurrendered,
    HandedOver,
    OperationLaunched,
    PeaceSigned,
    PostureChanged,
    RouteOpened,
    RouteSealed,
    ShipCaptured,
    SiegeBroken,
    StanceChanged,
)
from situation.log.effects import changes
from situation.log.entry import Entry, Reported
from situation.log.fold import Folding
from situation.log.state import State, split_cell
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.joining.nearby import taken_from_one
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.order.objections import objection
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["DATED_ONCE", "REACH", "DatesSought", "RivalDates", "rival_dates"]

_HOLDER = ("holder", "status")
DATED_ONCE: Final[Mapping[type[Event], tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys((Captured, HandedOver, GarrisonSurrendered), _HOLDER),
        **dict.fromkeys((Besieged, SiegeBroken), ("besieger", "status")),
        **dict.fromkeys((Blockaded, BlockadeLifted), ("blockaded",)),
        **dict.fromkeys((CeasefireAgreed, PeaceSigned), ("agreement",)),
        **dict.fromkeys((AirSupportGiven, AirSupportWithdrawn), ("air",)),
        **dict.fromkeys((RouteSealed, RouteOpened), ("sealed",)),
        **dict.fromkeys((ActorSplit, ActorsMerged), ("successors",)),
        OperationLaunched: ("phase",),
        PostureChanged: ("posture",),
        ShipCaptured: ("condition",),
        StanceChanged: ("stance",),
    }
)
"""By kind of event that happens but once until it is undone, the attributes that it sets: a second one finds them as they are."""
REACH: Final = 7 * DAY
"""How far apart, in minutes, two reports may lie and still be dates of one thing. ASSUMED: a week, the longest delay with which a
daily paper still reports an event as news; of more, what lies between may not have been reported."""
_COUNTS = ("killed", "wounded", "prisoners", "civilians_killed", "crew_killed", "crew_taken", "strength")


@define
class RivalDates:
    """Entries, of which those not believed do not change the state; and the questions over their time."""

    entries: list[Entry]
    decided: list[WeighedQuestion] = field(factory=list)


@frozen
class _Report:
    """An entry with the cells by which it is told apart, and all that it changes."""

    entry: Entry
    cells: tuple[str, ...]
    made: frozenset[str]


def rival_dates(
    entries: list[Entry],
    start: State,
    known: Evidence,
    claims: Mapping[str, Claim],
    belief: Belief,
    sought: DatesSought | None = None,
) -> RivalDates:
    """Decide between the days that are told of one thing.

    Args:
        entries: the events of a strand, in order.
        start: the state before them.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
        belief: decides between rivals.
        sought: the search among the entries of the strand as it was known before.
    """
    made = RivalDates(list(entries))
    by_name = {entry.id: number for number, entry in enumerate(entries)}
    for cell, reports, of_time in (sought or DatesSought()).rivals(entries, start, known):
        answers = tuple(Answer(_answer(it, of_time, known.ground), _claims(it.entry, claims)) for it in reports)
        label = " and ".join(it.entry.id for it in reports)
        weighed = belief(CellQuestion(cell, label, answers), known)
        made.decided.append(weighed)
        if weighed.accepted is None:
            continue
        for report, answer in zip(reports, answers, strict=True):
            entry = made.entries[by_name[report.entry.id]]
            others = {name for it in reports if it is not report for name in it.entry.cause.claims}
            assert isinstance(entry.cause, Reported)
            cause = entry.cause.held_against(others)
            quiet = frozenset() if answer.value == weighed.accepted.value else _silenced(report.made)
            entry = evolve(entry, cause=cause, silent=entry.silent | quiet)
            made.entries[by_name[report.entry.id]] = entry
    return made


def _answer(report: _Report, of_time: bool, ground: Ground) -> Any:
    if of_time:
        return report.entry.span
    return report.entry.event.speaks(ground_when(report.entry.event, report.entry.span, ground).root)[report.cells[0]]


def _silenced(made: frozenset[str]) -> frozenset[str]:
    """What the state does not take from a report that is not believed: all but its numbers."""
    return frozenset(cell for cell in made if split_cell(cell)[1].partition(".")[0] not in _COUNTS)


def _claims(entry: Entry, claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(claims[name] for name in entry.cause.claims)


@define
class DatesSought:
    """The search for reports of which at most one can be right, in a log that grows: it goes on where it left off."""

    _entries: list[Entry] = field(factory=list)
    _voices: dict[str, str] = field(factory=dict)
    _alone: set[str] = field(factory=set)
    """What only one of these entries is told of: its cells have not been looked at."""
    _folding: Folding | None = None
    _runs: dict[str, list[_Report]] = field(factory=dict)
    _finished: list[list[_Report]] = field(factory=list)
    _takers: list[tuple[_Report, _Report]] = field(factory=list)

    def rivals(self, entries: list[Entry], start: State, known: Evidence) -> Iterator[tuple[str, list[_Report], bool]]:
        """Reports of which at most one can be right: the cell in question, the reports, and whether it is over the time.

        Args:
            entries: in order.
            start: the state before them; the same at each call.
            known: the evidence, with the ground.
        """
        ground = known.ground
        subjects = [_subject(entry, ground) for entry in entries]
        many = {subject for subject, number in Counter(subjects).items() if subject is not None and number > 1}
        if not many:
            return
        if not self._goes_on(entries, many, known):
            self._entries, self._voices, self._folding = [], {}, Folding(ground, start)
            self._runs, self._finished, self._takers = {}, [], []
        self._alone = {subject for subject in subjects if subject is not None and subject not in many}
        for entry, subject in zip(entries[len(self._entries) :], subjects[len(self._entries) :], strict=True):
            self._take(entry, subject if subject in many else None, known)
        for run in self._finished:
            if len(run) > 1:
                then = ground_when(run[0].entry.event, run[0].entry.span, ground)
                yield f"{next(iter(run[0].entry.event.speaks(then.root)))}.when", run, True
        for pair in self._takers:
            yield pair[0].cells[0], list(pair), False

    def _goes_on(self, entries: list[Entry], many: set[str], known: Evidence) -> bool:
        """Whether some entries begin with those that have been looked at, and nothing of what was made of these is another."""
        if self._folding is None or len(entries) < len(self._entries) or self._alone & many:
            return False
        if any(one is not other for one, other in zip(entries, self._entries, strict=False)):
            return False
        return all(known.voice[name] == voice for name, voice in self._voices.items())

    def _take(self, entry: Entry, subject: str | None, known: Evidence) -> None:
        ground, folding = known.ground, self._folding
        assert folding is not None
        self._voices |= {name: known.voice[name] for name in entry.cause.claims}
        if subject is not None:
            then = ground_when(entry.event, entry.span, ground)
            made = changes(entry, folding.live, ground)
            cells = tuple(
                cell for cell in entry.event.speaks(then.root) if split_cell(cell)[1] in DATED_ONCE[type(entry.event)]
            )
            report = _Report(entry, cells, frozenset(made))
            run = self._runs.get(subject, [])
            last = folding.live.because.get(cells[0])
            follows = bool(run) and last is not None and last.id == run[-1].entry.id and _others(run, entry, known)
            if follows and all(folding.live.cells.get(cell) == made.get(cell) for cell in cells):
                run.append(report)
            else:
                one_loser = follows and taken_from_one(run[-1].entry.event, entry.event, then)
                if one_loser and objection(entry.event, folding.live, then):
                    self._takers.append((run[-1], report))
                self._runs[subject] = [report]
                self._finished.append(self._runs[subject])
        folding.apply(entry)
        self._entries.append(entry)


def _subject(entry: Entry, ground: Ground) -> str | None:
    """What an event is told of, and its kind: one such event has nothing to do with another's."""
    attributes = DATED_ONCE.get(type(entry.event))
    if attributes is None or not isinstance(entry.cause, Reported):
        return None
    cells = entry.event.speaks(ground_when(entry.event, entry.span, ground).root)
    return next((f"{type(entry.event).__name__} {cell}" for cell in cells if split_cell(cell)[1] in attributes), None)


def _others(run: list[_Report], entry: Entry, known: Evidence) -> bool:
    """Whether an entry is told of a later day than those before it, not many days later, and by other voices."""
    before = run[-1].entry.span
    voices = {known.voice[name] for it in run for name in it.entry.cause.claims}
    later = before.latest < entry.span.earliest and entry.span.earliest - before.latest <= REACH
    return later and voices.isdisjoint(known.voice[name] for name in entry.cause.claims)
