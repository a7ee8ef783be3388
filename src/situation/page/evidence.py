"""The evidence for who stands in a place, minute by minute, as rows of the page; and the course of each event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, field, frozen

from situation.dates import Interval, Minute
from situation.log.entry import Assumed, Entry, Reported
from situation.log.state import CONTROL_ENDINGS, holder_word, split_cell
from situation.log.value_words import cell_in_words, claim_answer_in_words, value_in_words
from situation.record.evidence.bearing import CONTROL_ATTRIBUTES, places_spoken_of
from situation.record.evidence.sides import Witness
from situation.record.evidence.why import SIDES
from situation.record.evidence.witnesses import Witnesses
from situation.record.joining.origins import Course, course_of, voice_name
from situation.record.joining.topic import speaks
from situation.record.order.uncertainty import uncertain_spells
from situation.record.reading import Reading
from situation.record.record import Record
from situation.testimony.ground import Ground

__all__ = ["EvidenceRows", "answers_weighed", "credited", "event_courses"]

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
    _before: Witnesses | None = None
    _until: Minute = 0
    _turns: dict[str, tuple[Minute, ...]] = field(factory=dict)
    _revised: dict[tuple[str, ...], list[list[Any]]] = field(factory=dict)
    _may_hold: dict[tuple[Any, ...], list[list[Any]]] = field(factory=dict)
    _sides: dict[str, dict[str, _Piece]] = field(factory=dict)
    """By cell and claim the piece that is still open: its `until` is not yet known."""

    def take(self, witnesses: Witnesses, since: Minute, until: Minute) -> None:
        """Take in how everybody stands from one minute up to, without, another, by what was known then."""
        touched = self._touched(witnesses)
        for place in self.ground.places:
            for cell in (f"{place}{ending}" for ending in CONTROL_ENDINGS):
                if place in touched or cell not in self._turns:
                    self._turns[cell] = witnesses.turns(cell)
                    self._turn(cell, witnesses.of(cell, since), (), since)
                for turn in self._turns[cell]:
                    if since < turn < until:
                        sides = self._sides[cell]
                        apart = {name for name, piece in sides.items() if _GROUPS[piece.group] == "other_times"}
                        self._turn(cell, witnesses.of(cell, turn, apart), apart, turn)
        self._before, self._until = witnesses, until
        for row, first, end in _revised(witnesses, since, until):
            _prolong(self._revised.setdefault((row[0], row[1], row[3]), []), row, first, end)
        for row, first, end in _may_hold(witnesses, since, until):
            _prolong(self._may_hold.setdefault((*row[:3], *row[3]), []), row, first, end)

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

    def _touched(self, witnesses: Witnesses) -> frozenset[str]:
        """The places of whose control something else is known, or told, than at the knowledge moment before."""
        if self._before is None:
            return frozenset(self.ground.places)
        old, new = self._before.reading.claims, witnesses.reading.claims
        places: set[str] = set()
        for name in sorted(old.keys() ^ new.keys()):
            claim = new.get(name) or old[name]
            if claim.event is not None:
                places |= {split_cell(cell)[0] for cell in claim.event.speaks(self.ground.root)}
            elif claim.predicate is not None:
                places |= set(places_spoken_of(claim.predicate, self.ground))
        cells = (f"{place}.{attribute}" for place in self.ground.places for attribute in CONTROL_ATTRIBUTES)
        places |= {
            split_cell(cell)[0] for cell in cells if self._before.changes.get(cell) != witnesses.changes.get(cell)
        }
        return frozenset(places)

    def payload(self) -> dict[str, Any]:
        """What a reading of the page has of them: its `evidence`, `revised` and `may_hold`."""
        return {
            "evidence": self.rows(),
            "revised": [row for _, rows in sorted(self._revised.items()) for row in rows],
            "may_hold": [row for rows in self._may_hold.values() for row in rows],
        }

    def rows(self) -> dict[str, list[list[Any]]]:
        """By cell, rows of claim, group (0: says so, 1: speaks of another time, 2: says otherwise), from and until."""
        for cell, sides in self._sides.items():
            for name in list(sides):
                self._close(cell, name, self._until)
        return {
            cell: [[claim, one.group, one.since, one.until] for claim in sorted(claims) for one in claims[claim]]
            for cell, claims in sorted(self.pieces.items())
        }


def _prolong(spans: list[list[Any]], row: list[Any], since: Minute, until: Minute) -> None:
    """Add a row with the minutes from and up to which it holds; where it held up to then, it goes on."""
    if spans and spans[-1][-1] == since:
        spans[-1][-1] = until
    else:
        spans.append([*row, since, until])


def _revised(witnesses: Witnesses, since: Minute, until: Minute) -> Iterator[tuple[list[Any], Minute, Minute]]:
    """The figures that their own voice had replaced by then: claim, of what, the figure in words, and the claim in force."""
    ground, reading = witnesses.ground, witnesses.reading
    for (name, cell), by in sorted(reading.revised.items()):
        figure = speaks(reading.claims[name], ground)[cell]
        yield [name, cell_in_words(cell, ground), value_in_words(figure, ground), by], since, until


def _may_hold(witnesses: Witnesses, since: Minute, until: Minute) -> Iterator[tuple[list[Any], Minute, Minute]]:
    """The minutes at which it was uncertain who held a place: place, the ends of that time, who may have held it."""
    places = witnesses.ground.places
    changes = (
        change
        for place in places
        for ending in CONTROL_ENDINGS
        for change in witnesses.changes.get(f"{place}{ending}", ())
    )
    for spell in dict.fromkeys(uncertain_spells(changes)):
        first = max(since, spell.since)
        end = until if spell.until is None else min(until, spell.until)
        if first < end and len(spell.uncertainty.answers) > 1:
            answers = [holder_word(answer) for answer in spell.uncertainty.answers]
            yield [spell.place, spell.uncertainty.span.earliest, spell.uncertainty.span.latest, answers], first, end


def credited(entry: Entry, ground: Ground) -> dict[str, list[list[Any]]]:
    """Which claims gave which field, where several tell of an event: in words, the field, what it says, and the claims."""
    if not isinstance(entry.cause, Reported) or len(entry.cause.claims) < 2:
        return {}
    rows = []
    for field_name, claims in entry.cause.credit.items():
        name, _, side = field_name.partition(".")
        value = getattr(entry.event, name)
        value = value[side] if side else value
        if value is not False:
            words = name.removesuffix("_of") + (f" of {ground.name(side)}" if side else "")
            rows.append([words.replace("_", " "), value_in_words(value, ground), list(claims)])
    return {"credit": rows}


def answers_weighed(entry: Entry, reading: Reading, ground: Ground) -> list[list[Any]]:
    """The answers among which a belief chose for an entry: in words, with weight, and whether it was accepted."""
    if isinstance(entry.cause, Assumed):
        return []
    named = {*entry.cause.claims, *entry.cause.against}
    cells = {cell: number for number, cell in enumerate(entry.event.speaks(ground.at(entry.time).root))}
    weighed_on = [
        weighed
        for weighed in reading.decided
        if weighed.question.cell in cells
        and any(claim.id in named for answer in weighed.question.answers for claim in answer.claims)
    ]
    if not weighed_on:
        return []
    weighed = min(weighed_on, key=lambda one: cells[one.question.cell])
    accepted = weighed.accepted.value if weighed.accepted else None
    pairs = zip(weighed.question.answers, weighed.weights, strict=True)
    return [
        [claim_answer_in_words(answer.value, answer.claims[0], ground), round(weight, 4), answer.value == accepted]
        for answer, weight in sorted(pairs, key=lambda pair: -pair[1])
    ]


def event_courses(record: Record, reading: Reading) -> dict[str, dict[str, Any]]:
    """By event, who originated, repeated and changed it, where more than one claim tells of it."""
    tellers: dict[str, list[str]] = {}
    for name, event in reading.joins.happening.items():
        if name in reading.claims:
            tellers.setdefault(event, []).append(name)
    courses = {}
    for event, names in sorted(tellers.items()):
        if len(names) > 1:
            claims = [reading.claims[name] for name in names]
            courses[event] = _course_row(course_of(event, claims, reading.evidence.voice, record.testimony), record)
    return courses


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
