"""The evidence for who stands in a place, minute by minute, as rows of the page; and the course of each event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Any, Final

from attrs import define, field, frozen

from situation.dates import Interval, Minute
from situation.log.claim_words import claim_in_words
from situation.log.entry import Assumed, Entry, Reported
from situation.log.state import CONTROL_ENDINGS, HOLDING, holder_word, split_cell
from situation.log.value_words import cell_in_words, claim_answer_in_words, value_in_words
from situation.page.spells import Spells
from situation.record.answers.state import Lens
from situation.record.beliefs.weights import weigh
from situation.record.disputes import ground_of_question
from situation.record.evidence.explanation import SIDES
from situation.record.evidence.sides import Heard, Witness
from situation.record.evidence.speakers import Speakers
from situation.record.evidence.voice import order_of
from situation.record.evidence.witnesses import Witnesses
from situation.record.joining.origins import Course, course_of, tellers, voice_name
from situation.record.joining.topic import ground_then, speaks
from situation.record.order.uncertainty import uncertain_spells
from situation.record.readings.growing import GrowingReading, Growth
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["EvidenceRows", "answers_weighed", "claim_ranks", "credited", "event_courses", "speaks_to", "touched_places"]

_GROUPS: Final = tuple(SIDES)


@frozen
class _Piece:
    group: int
    since: Minute
    until: Minute


@define
class EvidenceRows:
    """By cell, the claims that speak to it and the spans of minutes in which each stands on one side."""

    ground: Ground
    pieces: dict[str, dict[str, list[_Piece]]] = field(factory=dict)
    _until: Minute = 0
    _revised: Spells = field(factory=Spells)
    _may_hold: Spells = field(factory=Spells)
    _turns: dict[str, tuple[Minute, ...]] = field(factory=dict)
    _coming: list[tuple[Minute, str]] = field(factory=list)
    """A heap of the next turn of each cell; some are of turns that a cell has no more."""
    _sides: dict[str, dict[str, _Piece]] = field(factory=dict)
    """By cell and claim the piece that is still open: its `until` is not yet known."""

    def take(
        self,
        witnesses: Witnesses[Heard],
        places: Iterable[str],
        claims: Iterable[Claim],
        since: Minute,
        until: Minute,
    ) -> None:
        """Take in how everybody stands from one minute up to, without, another, by what was known then.

        Args:
            witnesses: who speaks to what.
            places: those of whose control something else is known, or told, than before; at first, all.
            claims: those that came or went; at first, all.
            since, until: the minutes.
        """
        others = set()
        for claim in claims:
            others.add(claim.id)
            self._revised.follow(claim.id, dict(_revised(claim, witnesses)), since)
        for place in places:
            self._may_hold.follow(place, dict(_may_hold(place, witnesses, since)), since)
            for cell in (f"{place}{ending}" for ending in CONTROL_ENDINGS):
                self._turns[cell] = witnesses.turns(cell, since)
                apart = (self._apart(cell) & witnesses.speakers.events(cell).keys()) - others
                self._turn(cell, witnesses.of(cell, since, apart), apart, since)
                self._wait(cell, since)
        while self._coming and self._coming[0][0] < until:
            turn, cell = heappop(self._coming)
            turns = self._turns[cell]
            number = bisect_left(turns, turn)
            if number == len(turns) or turns[number] != turn or (self._coming and self._coming[0] == (turn, cell)):
                continue  # the cell has no such turn any more, or it comes twice
            apart = self._apart(cell)
            self._turn(cell, witnesses.of(cell, turn, apart), apart, turn)
            self._wait(cell, turn)
        self._until = until

    def payload(self) -> dict[str, Any]:
        """What a reading of the page has of them: its `evidence`, `revised` and `may_hold`."""
        self._revised.close(self._until)
        self._may_hold.close(self._until)
        return {
            "evidence": self._rows(),
            "revised": [[*row, since, until] for row, since, until in self._revised.rows()],
            "may_hold": [[*row[:3], list(row[3]), since, until] for row, since, until in self._may_hold.rows()],
        }

    def _apart(self, cell: str) -> set[str]:
        """The claims that speak of another time."""
        return {name for name, piece in self._sides.get(cell, {}).items() if _GROUPS[piece.group] == "other_times"}

    def _wait(self, cell: str, after: Minute) -> None:
        """Note the next turn of a cell."""
        turns = self._turns[cell]
        number = bisect_right(turns, after)
        if number < len(turns):
            heappush(self._coming, (turns[number], cell))

    def _turn(self, cell: str, now: Iterable[Witness], apart: Collection[str], at: Minute) -> None:
        """Close the pieces of those whose side is another from a minute on, and open new ones."""
        sides = self._sides.setdefault(cell, {})
        groups = {one.claim.id: _GROUPS.index(one.group) for one in now}
        for name in [name for name in sides if name not in groups and name not in apart]:
            self._close(cell, name, at)
        for name, group in groups.items():
            if name in sides and sides[name].group != group:
                self._close(cell, name, at)
            sides.setdefault(name, _Piece(group, at, at))

    def _close(self, cell: str, name: str, at: Minute) -> None:
        piece = self._sides[cell].pop(name)
        if piece.since < at:
            self.pieces.setdefault(cell, {}).setdefault(name, []).append(_Piece(piece.group, piece.since, at))

    def _rows(self) -> dict[str, list[list[Any]]]:
        """By cell, rows of claim, group (0: says so, 1: speaks of another time, 2: says otherwise), from and until."""
        for cell, sides in self._sides.items():
            for name in list(sides):
                self._close(cell, name, self._until)
        return {
            cell: [[claim, one.group, one.since, one.until] for claim in sorted(claims) for one in claims[claim]]
            for cell, claims in sorted(self.pieces.items())
        }


def touched_places(growth: Growth, speakers: Speakers) -> Iterable[str]:
    """The places of whose control something else is known, or told, since a reading grew; each once."""
    ground = speakers.ground
    places: dict[str, None] = {}
    for claim in (*growth.went, *growth.came):
        cells = claim.event.speaks(ground.root) if claim.event is not None else ()
        places |= dict.fromkeys((*(split_cell(cell)[0] for cell in cells), *speakers.places(claim)))
    for cell in growth.cells:
        place, attribute = split_cell(cell)
        if attribute in HOLDING:
            places[place] = None
    return [place for place in sorted(places) if place in ground.places]


_When = tuple[Minute, Minute | None]


def _revised(claim: Claim, witnesses: Witnesses[Heard]) -> Iterator[tuple[tuple[str, ...], _When]]:
    """The figures of a claim that its own voice has replaced: claim, of what, the figure in words, and the claim in force."""
    ground, revised = ground_then((claim,), witnesses.ground), witnesses.reading.revised
    if claim.id not in witnesses.reading.claims:
        return
    for cell, figure in speaks(claim, ground).items():
        if (claim.id, cell) in revised:
            words = value_in_words(figure, ground)
            yield (
                (claim.id, cell_in_words(cell, ground), words, revised[claim.id, cell]),
                (ground.window.earliest, None),
            )


def _may_hold(place: str, witnesses: Witnesses[Heard], now: Minute) -> Iterator[tuple[tuple[Any, ...], _When]]:
    """When it is uncertain who holds a place: place, the ends of that time, who may have held it, and from when on.

    What was over by now is left out: it opens nothing any more.
    """
    changes = [change for ending in CONTROL_ENDINGS for change in witnesses.changes.get(f"{place}{ending}", ())]
    for spell in uncertain_spells(changes, now):
        answers = spell.uncertainty.answers
        if len(answers) > 1:
            span, words = spell.uncertainty.span, tuple(holder_word(answer) for answer in answers)
            yield (place, span.earliest, span.latest, words, spell.since), (spell.since, spell.until)


def credited(entry: Entry, said: Collection[str], ground: Ground) -> dict[str, list[list[Any]]]:
    """Which claims gave which field, where several tell of an event: in words, the field, what it says, and the claims.

    Args:
        entry: what is held to have happened.
        said: those of its claims that say so; only they are named, where any of them gave the field.
        ground: for the names.
    """
    if not isinstance(entry.cause, Reported) or len(entry.cause.claims) < 2:
        return {}
    rows = []
    for field_name, claims in entry.cause.credit.items():
        name, _, side = field_name.partition(".")
        value = getattr(entry.event, name)
        value = value[side] if side else value
        if value is not False:
            words = name.removesuffix("_of") + (f" of {ground.name(side)}" if side else "")
            given_by = [claim for claim in claims if claim in said] or list(claims)
            rows.append([words.replace("_", " "), value_in_words(value, ground), given_by])
    return {"credit": rows}


def answers_weighed(entry: Entry, reading: Reading | GrowingReading, ground: Ground) -> list[list[Any]]:
    """The answers among which a belief chose for an entry: in words, with weight, and whether it was accepted."""
    if isinstance(entry.cause, Assumed):
        return []
    named = {*entry.cause.claims, *entry.cause.against}
    cells = {
        cell: number
        for number, cell in enumerate(entry.event.speaks(ground_when(entry.event, entry.span, ground).root))
    }
    weighed_on = [
        weighed
        for cell in cells
        for weighed in reading.on_cell(cell)
        if any(claim.id in named for answer in weighed.question.answers for claim in answer.claims)
    ]
    if not weighed_on:
        return []
    weighed = min(weighed_on, key=lambda one: cells[one.question.cell])
    accepted = weighed.accepted.value if weighed.accepted else None
    ground = ground_of_question(weighed.question, ground)
    pairs = zip(weighed.question.answers, weighed.weights, strict=True)
    return [
        [claim_answer_in_words(answer.value, answer.claims[0], ground), round(weight, 4), answer.value == accepted]
        for answer, weight in sorted(pairs, key=lambda pair: -pair[1])
    ]


def claim_ranks(record: Record, lens: Lens) -> dict[str, int]:
    """The place of each claim in the order of the evidence, which is that of `situation why`."""
    testimony, ground, known_at = record.testimony, record.ground, record.known(lens.known_at)
    keys = [
        order_of(claim, weigh(claim, testimony, ground, known_at).value, ground) for claim in testimony.claims.values()
    ]
    return {name: rank for rank, (*_, name) in enumerate(sorted(keys))}


def event_courses(record: Record, reading: Reading) -> dict[str, dict[str, Any]]:
    """By event, who originated, repeated and changed it, where more than one claim tells of it."""
    back, testimony = reading.taken_back, record.testimony
    by_event = tellers(reading.claims, reading.joins.happening, back, testimony)
    return {
        event: _course_row(course_of(event, claims, back, testimony, record.ground), record)
        for event, claims in sorted(by_event.items())
        if len(claims) > 1
    }


def _course_row(course: Course, record: Record) -> dict[str, Any]:
    ground, testimony = record.ground, record.testimony
    return {
        "voices": [
            {
                "name": voice_name(voice, testimony, ground.actors),
                "reports": [
                    [report.claim.id, report.at, report.role, _changes_in_words(report.changed, ground)]
                    for report in reports
                ],
            }
            for voice, reports in course.voices.items()
        ],
        "circles": [circle.why for circle in course.circles],
    }


def _changes_in_words(changed: Mapping[str, tuple[Any, Any]], ground: Ground) -> list[str]:
    """What a report changed, a field a line: `by: the North became the Northern Guard`."""

    def words(value: Any) -> str:
        return ground.clock.spoken(value) if isinstance(value, Interval) else value_in_words(value, ground)

    def lines() -> Iterable[str]:
        for name, (before, after) in changed.items():
            yield f"{name.replace('_', ' ')}: {words(before)} became {words(after)}"

    return list(lines())


def speaks_to(claim: Claim, ground: Ground) -> dict[str, str]:
    """What a claim gives an answer to, and which, in words: `the Ford, holder: the North`; and what a statement is read as."""
    then = ground_then([claim], ground)
    words = {"means": claim_in_words(claim, then)} if claim.kind == "statement" else {}
    for cell, answer in speaks(claim, ground).items():
        return {"speaks_to": f"{cell_in_words(cell, then)}: {claim_answer_in_words(answer, claim, then)}", **words}
    return words
