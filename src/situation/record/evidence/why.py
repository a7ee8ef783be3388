"""Why a cell has its value, or a question its answer: who speaks of it, of which time, and which question decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from situation.dates import Interval, Minute
from situation.errors import Fault
from situation.events import AreaId, OrderUnknown
from situation.log.entry import Assumed, Entry
from situation.log.fold import Change
from situation.log.state import HOLDING, split_cell
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.policies import BELIEFS
from situation.record.beliefs.weights import interests_in
from situation.record.cell_names import CellQuery, find_query
from situation.record.evidence.explanation import SIDES, Why
from situation.record.evidence.retracted import TakenBack, taken_back
from situation.record.evidence.sides import Group, Witness
from situation.record.evidence.voice import Voice, heaviest, voice_of
from situation.record.evidence.witnesses import Witnesses
from situation.record.joining.comparisons import DISPUTES, relate, relate_spans
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.joining.topic import ground_then
from situation.record.order.uncertainty import Uncertainty, uncertain_places
from situation.record.parts_kept import PartKept, parts_kept
from situation.record.readings.reading import Reading
from situation.record.tolls.parts_above import parts_above
from situation.record.tolls.sides_above import sides_above
from situation.testimony.apart import ground_when
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["why"]


def why(written: str, at: Minute, witnesses: Witnesses[Reading], carried: bool = False) -> Why:
    """Explain a cell at a time, or the answer to a question.

    Args:
        written: a cell of the state, or a question as `disputes` names it.
        at: a minute.
        witnesses: all who speak to the cells of a reading.
        carried: whether claims are known from their publication alone.

    Raises:
        Fault: there is no such cell and no such question; with the near miss.
    """
    reading, ground = witnesses.reading, witnesses.ground
    part = _of_a_part(written, reading, ground)
    if part is not None:
        return _of_question(part, CellQuery(part.question.cell, part.question.episode), at, witnesses, ())
    meant = find_query(written, witnesses.changes, reading, witnesses.testimony, ground)
    moment = _while_it_lasted(meant.cell, at, witnesses)
    change = witnesses.change(meant.cell, moment)
    retracted = tuple(
        one
        for one in taken_back(reading, witnesses.testimony, carried)
        if witnesses.speakers.speaks_to(one.claim, meant.cell)
    )
    questions = list(reading.on_cell(meant.cell))
    if meant.episode is not None:
        questions = [weighed for weighed in questions if weighed.question.episode == meant.episode]
    questions = questions or _undenied(meant.cell, reading)
    of_state = meant.cell in witnesses.changes or not questions
    if meant.episode is not None or not of_state:
        return _of_question(_nearest(questions, at, witnesses), meant, at, witnesses, retracted)
    entry = change.entry if change else None
    heard = witnesses.of(meant.cell, moment)
    suits = {name: it for weighed in questions for name, it in interests_in(weighed.question).items()}
    denied = (reading.joins.happening.get(it.claim.id) for it in heard if it.claim.mode == "denies")
    for cell in dict.fromkeys(f"{happening}.occurred" for happening in denied):
        for weighed in reading.on_cell(cell):
            suits = {**interests_in(weighed.question), **suits}
    voices = [(witness, voice_of(witness, witnesses, meant.cell, suits)) for witness in heard]
    sides = {group: tuple(sorted((v for w, v in voices if w.group == group), key=heaviest)) for group in SIDES}
    earlier = [
        one.entry for one in witnesses.changes.get(meant.cell, ()) if one.since <= moment and one.entry is not entry
    ]
    decided = None if change is not None and _differ(change) else _decided(entry, questions, reading)
    return Why(
        meant.cell,
        at,
        change.value if change else None,
        entry,
        sides["for"],
        sides["other_times"],
        sides["against"],
        retracted,
        decided,
        reading.belief,
        witnesses.testimony,
        ground,
        entry.cause.reason if entry is not None and isinstance(entry.cause, Assumed) else "",
        tuple(earlier),
        _since(meant.cell, change, witnesses),
        tuple(writing.entry for writing in change.last if writing.entry is not entry) if change else (),
        _uncertain(meant.cell, moment, change, decided, witnesses),
        () if entry is None else tuple(_rival_times(entry, reading, ground)),
        tuple(_kept_at(meant.cell, moment, witnesses)),
    )


def _kept_at(cell: str, at: Minute, witnesses: Witnesses[Reading]) -> Iterator[PartKept]:
    """The parts that sides keep at a minute with nothing left within, of the place of a cell that says who holds it."""
    place, attribute = split_cell(cell)
    for kept in parts_kept(AreaId(place), witnesses.changes, witnesses.ground) if attribute in HOLDING else ():
        if kept.since <= at and (kept.until is None or at < kept.until):
            yield kept


def _of_a_part(written: str, reading: Reading, ground: Ground) -> WeighedQuestion | None:
    """The question of that name between a toll of a part, or of the sides, and that of the whole; None where none has it."""
    if not written.strip().endswith(")"):
        return None
    weighed = (it.weighed for it in (*parts_above(reading, ground), *sides_above(reading, ground)))
    return next((it for it in weighed if it.question.id == written.strip()), None)


def _rival_times(entry: Entry, reading: Reading, ground: Ground) -> Iterator[WeighedQuestion]:
    """The questions of when an entry's event happened, as far as the answers cannot stand side by side."""
    named = {*entry.cause.claims, *entry.cause.against}
    first = next(iter(entry.event.speaks(ground_when(entry.event, entry.span, ground).root)), "")
    for weighed in reading.on_cell(f"{first}.when") if named else ():
        answers = weighed.question.answers
        own = any(claim.id in named for answer in answers for claim in answer.claims)
        pairs = combinations((answer.value for answer in answers), 2)
        if own and any(relate_spans(one, other) in DISPUTES for one, other in pairs):
            yield weighed


def _uncertain(
    cell: str, at: Minute, change: Change | None, decided: WeighedQuestion | None, witnesses: Witnesses[Reading]
) -> Uncertainty | None:
    """In what time a cell came to be as it is, and every value that it may have; None where its value is known."""
    subject, attribute = split_cell(cell)
    if attribute == "holder":
        courses = (witnesses.changes.get(f"{subject}.{name}", ()) for name in ("holder", "status"))
        return uncertain_places((one for course in courses for one in course), at).get(subject)
    if change is None or change.value:
        return None
    if change.last:
        spans = [writing.entry.span for writing in change.last]
        whole = Interval(min(span.earliest for span in spans), max(span.latest for span in spans))
        return Uncertainty(whole, _each_once(writing.value for writing in change.last))
    if decided is not None and decided.tied and decided.question.cell == cell:
        return Uncertainty(change.entry.span, _each_once(answer.value for answer in decided.tied))
    return None


def _differ(change: Change) -> bool:
    """Whether several events of one time each say something else of a cell, so that no question decided."""
    return any(writing.value != change.last[0].value for writing in change.last[1:])


def _each_once(values: Iterable[Any]) -> tuple[Any, ...]:
    """Some values, each once, in an order that hangs on nothing but themselves."""
    by_text = {repr(plain(value)): value for value in values}
    return tuple(by_text[text] for text in sorted(by_text))


def _while_it_lasted(cell: str, at: Minute, witnesses: Witnesses[Reading]) -> Minute:
    """The minute to ask of: what a fight of several days did, whom it killed too, is so of each of its days."""
    changes = witnesses.changes.get(cell, ())
    if split_cell(cell)[1] in HOLDING or any(change.since <= at for change in changes):
        return at  # what the state has then
    for change in changes:
        if change.entry.event.lane == "fighting" and change.entry.span.earliest <= at:
            return change.since
    return at


def _since(cell: str, change: Change | None, witnesses: Witnesses[Reading]) -> Minute | None:
    """From when a cell has had a value: control and stances that are told of again have not begun anew."""
    since = None if change is None else change.since
    if change is not None and split_cell(cell)[1] in (*HOLDING, "stance"):
        for earlier in reversed([one for one in witnesses.changes[cell] if one.since < change.since]):
            if earlier.value != change.value:
                break
            since = earlier.since
    return since


def _decided(entry: Entry | None, questions: Iterable[WeighedQuestion], reading: Reading) -> WeighedQuestion | None:
    """The question on a cell that the claims of its entry answer; else the first on which they were weighed at all."""
    if entry is None:  # not what was told, but a rival that cannot be beside it, is believed
        return next((weighed for weighed in questions if weighed.question.exclusive), None)
    if isinstance(entry.cause, Assumed):
        return None
    if isinstance(entry.event, OrderUnknown) and not entry.event.rivals:
        return None  # all of it happened, and no question was asked
    named = {*entry.cause.claims, *entry.cause.against}

    def of_entry(weighed: WeighedQuestion) -> bool:
        return any(claim.id in named for answer in weighed.question.answers for claim in answer.claims)

    def backs(weighed: WeighedQuestion) -> bool:
        return any(claim.id in entry.cause.claims for answer in weighed.question.answers for claim in answer.claims)

    own = sorted(filter(of_entry, questions), key=lambda it: (not backs(it), -len(it.question.answers)))
    others = sorted(
        (it for it in reading.decided if of_entry(it)), key=lambda it: not it.question.cell.endswith(".when")
    )
    return next(iter(own or others), None)


def _undenied(cell: str, reading: Reading) -> list[WeighedQuestion]:
    """Whether something happened that nobody denies, as a question with one answer; none where no claim tells of it."""
    names = [name for name, happening in reading.joins.happening.items() if f"{happening}.occurred" == cell]
    claims = tuple(reading.claims[name] for name in names if name in reading.claims)
    if not claims:
        return []
    question = CellQuestion(cell, reading.joins.episode[claims[0].id], (Answer(True, claims),))
    return [BELIEFS[reading.belief](question, reading.evidence)]


def _of_question(
    weighed: WeighedQuestion,
    meant: CellQuery,
    at: Minute,
    witnesses: Witnesses[Reading],
    retracted: tuple[TakenBack, ...],
) -> Why:
    """Of what is no cell of the state: the accepted answer, who gives it, who gives others, and who says it never happened.

    Where that is believed, there is no answer.
    """
    doubted = _whether_it_happened(weighed, witnesses.reading)
    believed = doubted is None or (doubted.accepted is not None and doubted.accepted.value)
    accepted = weighed.accepted if believed else None
    voices: dict[Group, list[Voice]] = {group: [] for group in SIDES}
    answering = [claim for answer in weighed.question.answers for claim in answer.claims]
    ground = ground_then(answering, witnesses.ground)
    suits = interests_in(weighed.question)
    for answer in weighed.question.answers:
        pair = (answer.value, answer.content)
        same = accepted is not None and (
            answer.value == accepted.value
            or (
                not weighed.question.exclusive
                and relate(meant.cell, (accepted.value, accepted.content), pair, ground) not in DISPUTES
            )
        )
        for claim in answer.claims:
            span = witnesses.span(claim)
            timed = claim.predicate is not None and not span.earliest <= at <= span.latest
            group: Group = "other_times" if timed else "for" if same else "against"
            voices[group].append(voice_of(Witness(claim, answer.value, group, span), witnesses, meant.cell, suits))
    for answer in doubted.question.answers if doubted is not None else ():
        suits = interests_in(doubted.question) if doubted is not None else {}
        for claim in answer.claims if not answer.value else ():
            denial = Witness(claim, None, "against" if believed else "for", witnesses.span(claim))
            voices[denial.group].append(voice_of(denial, witnesses, meant.cell, suits))
    sides = {group: tuple(sorted(of_group, key=heaviest)) for group, of_group in voices.items()}
    value = None if accepted is None else weighed.span or accepted.value
    return Why(
        meant.cell,
        at,
        value,
        None,
        sides["for"],
        sides["other_times"],
        sides["against"],
        retracted,
        weighed if believed else doubted,
        witnesses.reading.belief,
        witnesses.testimony,
        witnesses.ground,
    )


def _whether_it_happened(weighed: WeighedQuestion, reading: Reading) -> WeighedQuestion | None:
    """Whether that happened of which the answers to a question tell, where somebody denies it; None: nobody does."""
    names = [claim.id for answer in weighed.question.answers for claim in answer.claims]
    cells = {f"{reading.joins.happening[name]}.occurred" for name in names if name in reading.joins.happening}
    if len(cells) != 1 or weighed.question.cell in cells:
        return None
    return next(iter(reading.on_cell(*cells)), None)


def _nearest(questions: list[WeighedQuestion], at: Minute, witnesses: Witnesses[Reading]) -> WeighedQuestion:
    """Of several questions on one cell, the one whose claims speak of a time nearest to a minute; the latest of several.

    Raises:
        Fault: there is none.
    """
    if not questions:
        raise Fault("No claim answers this question at that knowledge time.", "Ask with a later knowledge time.")

    def far(weighed: WeighedQuestion) -> tuple[int, int]:
        spans = [witnesses.span(claim) for answer in weighed.question.answers for claim in answer.claims]
        gap = min(max(span.earliest - at, at - span.latest, 0) for span in spans)
        return gap, -max(span.latest for span in spans)

    return min(questions, key=far)
