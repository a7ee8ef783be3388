"""The documented sequence as a timeline that a person reads on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from situation.dates import DAY, Minute
from situation.events import ActorDescribed, OpeningAssumed, OrderUnknown, PlaceDescribed, StrengthAssessed
from situation.log.entry import Entry, Reported
from situation.log.fold import breaches
from situation.log.story_words import entry_in_words
from situation.log.value_words import amount, count_in_words, list_in_words
from situation.log.war_words import breach_in_words
from situation.record.answers.not_believed import NotBelieved, not_believed, why_not
from situation.record.answers.rival_numbers import Disagreement, disagreement_over
from situation.record.answers.state import Lens
from situation.record.beliefs.weights import weigh
from situation.record.disputes import Dispute, Disputes
from situation.record.evidence.behind import saying_so
from situation.record.joining.revisions import Revised
from situation.record.joining.topic import facts_of, speaks, stated_fields
from situation.record.record import Record
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["disputed_entries", "on_timeline", "timeline", "who_says"]

_LANE_SIGNS = {"control": ("■", "bold"), "fighting": ("●", ""), "movement": ("→", ""), "statements": ("“", "dim")}
"""Sign and style of each lane. The sign, not the style, carries the meaning."""


_LONG_SPAN = 31 * DAY
"""Entries with a longer span, in minutes, are listed apart: their place in the sequence would mean nothing."""


def on_timeline(entry: Entry) -> bool:
    """Whether an entry belongs on a timeline: something happened, unlike descriptions and the opening.

    That nobody is known to hold a place is told by the entry before, where that names those who may have taken it.
    """
    restated = isinstance(entry.event, OrderUnknown) and entry.either
    return not restated and not isinstance(entry.event, OpeningAssumed | PlaceDescribed | ActorDescribed)


def disputed_entries(record: Record, disputes: Disputes, lens: Lens) -> dict[str, Disagreement]:
    """From an entry's id to what the disputes that its claims are part of are over."""
    by_claim: dict[str, list[Dispute]] = {}
    for dispute in disputes.disputes:
        for claim in dispute.claims:
            by_claim.setdefault(claim, []).append(dispute)
    disputed = {}
    for entry in record.log(**lens.keys):
        names = (*entry.cause.claims, *entry.cause.against)
        rivals = {dispute.question: dispute for name in names for dispute in by_claim.get(name, ())}
        over = disagreement_over(entry, rivals.values(), record.ground) if rivals else None
        if over is not None:
            disputed[entry.id] = over
    return disputed


def who_says(entry: Entry, record: Record, lens: Lens, most: int = 2) -> str:
    """The independent voices behind an entry with their grades, weightiest first, and how many more there are.

    Where they do not give the same numbers, each with its own; and those who give any come first, so that no number stands
    beside the names of others alone. So it is of who did it, where some name nobody.
    """
    testimony, ground, known_at = record.testimony, record.ground, record.known(lens.known_at)
    reading = record.reading(**lens.keys) if isinstance(entry.cause, Reported) else None
    best: dict[str, tuple[bool, float, str, str]] = {}
    numbers: dict[str, dict[str, None]] = {}
    naming = _naming(entry, testimony.claims, ground)
    namers: set[str] = set()
    for name in saying_so(entry, testimony.claims, ground)[0]:
        claim = testimony.claims[name]
        weight = weigh(claim, testimony, ground, known_at)
        voice = testimony.voice(claim) if reading is None else reading.evidence.voice[name]
        grade = f"{weight.reliability}{weight.credibility}"
        own = _own_figures(entry, claim, {} if reading is None else reading.revised, ground)
        if name in naming:
            own = [f"by {list_in_words(map(ground.at(entry.time).name, entry.event.actors))}", *own]
            namers.add(voice)
        numbers.setdefault(voice, {}).update(dict.fromkeys(own))
        mine = (bool(own), weight.value, testimony.teller(claim), grade)
        best[voice] = max(best.get(voice, mine), mine)
    ranked = sorted(best, key=lambda voice: (not numbers[voice], -best[voice][1], best[voice][2]))
    apart = [", ".join(sorted(numbers[voice])) for voice in ranked]
    same = len({it for it in apart if it}) <= 1 and len([it for it in apart if it]) in (0, len(apart))
    shown = ranked[:most]
    if namers and namers.isdisjoint(shown):  # nobody else says who did it
        shown[-1] = next(voice for voice in ranked if voice in namers)
    own_of = dict(zip(ranked, apart, strict=True))
    voices = [
        " ".join(best[voice][2:]) + (f" ({own_of[voice]})" if own_of[voice] and not same else "") for voice in shown
    ]
    more = len(ranked) - most
    return "; ".join(voices) + (f"; {more} more" if more > 0 else "")


def _naming(entry: Entry, claims: Mapping[str, Claim], ground: Ground) -> frozenset[str]:
    """The claims that name who did it, where others that tell of the same name nobody; else none."""
    named = frozenset(entry.cause.credit.get("by", ()) if isinstance(entry.cause, Reported) else ())
    others = (claims[name].event for name in saying_so(entry, claims, ground)[0] if name not in named)
    return named if any(event is not None and not event.actors for event in others) else frozenset()


def _own_figures(entry: Entry, claim: Claim, revised: Revised, ground: Ground) -> list[str]:
    """The numbers that a claim gives of an event and that its voice has not replaced, in words."""
    if claim.event is None or isinstance(entry.event, StrengthAssessed):
        return []
    gone = [value for cell, value in speaks(claim, ground).items() if (claim.id, cell) in revised]
    given = [
        (name, number) for name, number in facts_of(claim.event, ground.root).figures.items() if number not in gone
    ]
    for name, by_side in stated_fields(claim.event).items():
        if isinstance(by_side, Mapping):
            of = {f"{name} {ground.name(side)}": number for side, number in by_side.items() if number not in gone}
            given += of.items()
    return [f"{name.replace('_', ' ')}: {amount(number)}" for name, number in given]


def timeline(record: Record, until: Minute, lens: Lens, disputes: Disputes) -> RenderableType:
    """What is held to have happened up to a time: when, what, who says so with grade, and a mark where disputed."""
    ground = record.ground
    marks = disputed_entries(record, disputes, lens)
    log = record.log(**lens.keys).until(until)
    broken = breaches(log, ground)
    entries = [entry for entry in log if on_timeline(entry)]
    before = [entry for entry in entries if entry.time < ground.window.earliest]
    inside = [entry for entry in entries if entry.time >= ground.window.earliest]
    parts: list[RenderableType] = []
    if before:
        parts += [Text("Before the window", "bold underline"), _table(before, record, lens, marks, broken), Text()]
    along = [entry for entry in inside if entry.span.latest - entry.span.earliest > _LONG_SPAN]
    if along:
        parts += [Text("All along, or at some time that no source narrows", "bold underline")]
        parts += [_table(along, record, lens, marks, broken), Text()]
    months: dict[str, list[Entry]] = {}
    for entry in inside:
        if entry not in along:
            months.setdefault(ground.clock.month(entry.time), []).append(entry)
    for month, rows in months.items():
        parts += [Text(month, "bold underline"), _table(rows, record, lens, marks, broken), Text()]
    if rejected := not_believed(record, until, lens):
        parts += [Text("Reported or predicted, and not held to have happened", "bold underline")]
        parts += [_table_of_rejected(rejected, record, lens), Text()]
    parts.append(_legend(marks, bool(rejected)))
    return Group(*parts)


def _table_of_rejected(rejected: Iterable[NotBelieved], record: Record, lens: Lens) -> Table:
    table = _columns()
    for one in rejected:
        what = Text(one.text, "dim")
        if one.kind == "denied":
            what.append("  not believed: ", "red").append(f"{_voices(one.against, record, lens)} denies it")
        else:
            what.append("  predicted: ", "red").append(why_not(one, record.ground))
        table.add_row(record.ground.clock.spoken(one.span), "✗", what, _voices(one.claims, record, lens))
    return table


def _voices(claims: Iterable[Claim], record: Record, lens: Lens) -> str:
    """Who makes some claims, with their grades."""
    testimony, ground, known_at = record.testimony, record.ground, record.known(lens.known_at)
    graded = ((testimony.teller(claim), weigh(claim, testimony, ground, known_at)) for claim in claims)
    return "; ".join(sorted({f"{name} {weight.reliability}{weight.credibility}" for name, weight in graded}))


def _columns() -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column("when", overflow="fold", width=27)
    table.add_column("lane", width=1)
    table.add_column("what", ratio=3, min_width=30)
    table.add_column("who says so", ratio=2, style="dim")
    return table


def _table(
    entries: Iterable[Entry],
    record: Record,
    lens: Lens,
    marks: Mapping[str, Disagreement],
    broken: Mapping[str, tuple[str, ...]],
) -> Table:
    table = _columns()
    for entry in entries:
        sign, style = _LANE_SIGNS[entry.event.lane]
        then = record.ground.at(entry.time)
        what = Text(entry_in_words(entry, record.ground), style)
        if entry.id in broken:
            what.append(f", {breach_in_words(broken[entry.id], then)}", "bold")
        if entry.id in marks:
            what.append("  ≠ ", "bold red")
            what.append(marks[entry.id].relation, "red")
            what.append(f": {marks[entry.id].others}" if marks[entry.id].others else "")
        if isinstance(entry.cause, Reported) and entry.silent:
            what.append("  (in part)", "dim")
        table.add_row(record.ground.clock.spoken(entry.span), sign, what, who_says(entry, record, lens))
    return table


def _legend(marks: Mapping[str, Disagreement], rejected: bool) -> Text:
    text = Text("■ control   ● fighting   → movement   “ statements   ", "dim")
    if marks:
        text.append("≠", "bold red")
        text.append(f" sources disagree ({count_in_words(len(marks), 'entry')}: see `situation disputes`)", "dim")
    text.append("\n")
    if rejected:
        text.append("✗ denied and not believed, or predicted and not come true\n", "dim")
    text.append("Grades: reliability A to E (F cannot be judged), then credibility 1 to 5 (6 cannot be judged).", "dim")
    return text
