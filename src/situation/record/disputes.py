"""Disputes, mismatches and the untestable: derived from the claims each time, never stored, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from attrs import frozen

from situation.dates import Interval
from situation.events import Event
from situation.events.predicates import LastPlaceOf, Predicate, Said, ShareHeld, ShareRegained
from situation.log.state import split_cell
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.joining.comparisons import DISPUTES, ORDER, AnswerRelation, relate
from situation.record.joining.possibly import PossiblyOne
from situation.record.joining.questions import Answer, CellQuestion, question_in_words
from situation.record.joining.topic import ground_then, time_spoken_of
from situation.record.readings.reading import Reading
from situation.record.statements import Mismatch, mismatches
from situation.record.tolls.double_counts import possibly_one_of
from situation.record.tolls.parts_above import parts_above
from situation.record.tolls.sides_above import sides_above
from situation.testimony.ground import Ground

__all__ = [
    "Dispute",
    "Disputes",
    "Pair",
    "dispute_over",
    "disputes_of",
    "ground_of_question",
    "heading_of",
    "parts_disputed",
    "time_of_question",
    "untestable_because",
]


@frozen
class Pair:
    """Two answers to one question, and how they stand to each other."""

    question: str
    cell: str
    relation: AnswerRelation
    one: Answer
    other: Answer


@frozen
class Dispute:
    """A question on which answers are in tension, or contradict each other; every answer with its weight.

    `note`: what an answer is of, in words, where it is of a part of what is asked; else empty.
    """

    question: str
    cell: str
    episode: str
    relation: AnswerRelation
    weighed: WeighedQuestion
    note: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim on the question."""
        return tuple(claim.id for claim in self.weighed.question.claims)

    def heading(self, ground: Ground) -> str:
        """What it is over, and of when: two of one place are told apart by it."""
        return heading_of(self.weighed.question, self.cell, ground)

    @property
    def event(self) -> Event | None:
        """Of a dispute over whether something happened, what that is; None of another."""
        if not self.cell.endswith(".occurred"):
            return None
        contents = (answer.content for answer in self.weighed.question.answers)
        return next((content for content in contents if isinstance(content, Event)), None)

    @property
    def place(self) -> str:
        """The place that it is about, or the actor, where it is about one; empty where neither is stated."""
        if self.event is not None:
            return str(self.event.place or "")
        return split_cell(self.cell.removesuffix(".when"))[0].rpartition("@")[2]


@frozen(repr=False)
class Disputes:
    """All that the sources disagree on, at a knowledge time, under a belief."""

    disputes: tuple[Dispute, ...]
    mismatches: tuple[Mismatch, ...]
    untestable: tuple[str, ...]
    pairs: tuple[Pair, ...]
    possibly_one: tuple[PossiblyOne, ...] = ()

    def __str__(self) -> str:
        lines = [f"{dispute.relation:<12} {dispute.question}" for dispute in self.disputes]
        lines += [f"mismatch     {wrong.claim}: {wrong.state}" for wrong in self.mismatches]
        return "\n".join([*lines, f"untestable   {' '.join(self.untestable)}"])

    def __repr__(self) -> str:
        counts = (len(self.disputes), len(self.mismatches), len(self.untestable))
        return "<Disputes: {} disputes, {} mismatches, {} untestable>".format(*counts)

    def about(self, cell: str) -> tuple[Dispute, ...]:
        """The disputes on a cell, or on when it got its value."""
        return tuple(dispute for dispute in self.disputes if dispute.cell in (cell, f"{cell}.when"))


def disputes_of(reading: Reading, ground: Ground) -> Disputes:
    """Derive every dispute, mismatch and untestable statement of a reading."""
    pairs: list[Pair] = []
    disputes: list[Dispute] = []
    for weighed in reading.decided:
        pairs += (its_pairs := list(_pairs(weighed, ground)))
        dispute = _dispute(weighed, its_pairs)
        if dispute is not None:
            disputes.append(dispute)
    disputes += parts_disputed(reading, ground)
    wrong, untestable = mismatches(reading, ground)
    return Disputes(tuple(disputes), wrong, untestable, tuple(pairs), possibly_one_of(reading, ground))


def parts_disputed(reading: Reading, ground: Ground) -> list[Dispute]:
    """The disputes over tolls of a part, or of the sides together, that are above those of the whole."""
    both = (*parts_above(reading, ground), *sides_above(reading, ground))
    above = ((it.weighed, it.note) for it in both)
    return [
        Dispute(it.question.id, it.question.cell, it.question.episode, "contradicts", it, note) for it, note in above
    ]


def untestable_because(predicate: Predicate | None) -> str:
    """Why a statement that nothing tests is left untested, as the rest of a sentence that begins with "since"."""
    if isinstance(predicate, ShareHeld | ShareRegained):
        return "it gives a share of ground, and the state knows places and not their size"
    if predicate is None or isinstance(predicate, Said):
        return "it does not say who holds what"
    if isinstance(predicate, LastPlaceOf) and predicate.area is None:
        return "its source names no bounds within which this was the last place"
    return "it is not known who held it then, or who of several that held it had the greater part"


def dispute_over(weighed: WeighedQuestion, ground: Ground) -> Dispute | None:
    """The dispute over a question; None where its answers can stand side by side."""
    return _dispute(weighed, _pairs(weighed, ground))


def _dispute(weighed: WeighedQuestion, pairs: Iterable[Pair]) -> Dispute | None:
    question = weighed.question
    gravest = max((pair.relation for pair in pairs), key=ORDER.index, default="agrees")
    if gravest not in DISPUTES:
        return None
    return Dispute(question.id, question.cell, question.episode, gravest, weighed)


def time_of_question(question: CellQuestion, ground: Ground) -> Interval | None:
    """The days of which the claims on a question speak; None where it is over a time, or they speak of the whole window."""
    return None if question.cell.endswith(".when") else time_spoken_of(question.claims, ground)


def heading_of(question: CellQuestion, cell: str, ground: Ground) -> str:
    """A question in words, with the days of which it is."""
    days = time_of_question(question, ground)
    words = question_in_words(question, cell, ground_of_question(question, ground))
    return f"{words}, {ground.clock.spoken(days)}" if days else words


def ground_of_question(question: CellQuestion, ground: Ground) -> Ground:
    """The map as it was when what the answers to a question tell of had happened: by its names they are told."""
    return ground_then(question.claims, ground)


def _pairs(weighed: WeighedQuestion, ground: Ground) -> Iterator[Pair]:
    question = weighed.question
    ground = ground_of_question(question, ground)
    for one, other in combinations(question.answers, 2):
        relation = relate(question.cell, (one.value, one.content), (other.value, other.content), ground)
        relation = "contradicts" if question.exclusive else relation
        yield Pair(question.id, question.cell, relation, one, other)
    for answer in question.answers:
        if len(answer.claims) > 1:
            yield Pair(question.id, question.cell, "agrees", answer, answer)
