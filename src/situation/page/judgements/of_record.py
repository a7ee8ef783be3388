"""What a replay shows: what changed last, what is disputed and what hangs on it, and what was not known yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from situation.dates import DAY, Interval, Minute
from situation.log.state import HOLDING
from situation.log.value_words import count_in_words
from situation.page.judgements.judgement import Judgement, judgement
from situation.page.judgements.lists_of_places import NAMED_PLACES, by_size, in_one_hand, places_in_words
from situation.page.judgements.of_dead import death_judgements
from situation.page.judgements.phrases import long_day, long_span, named, names, stamp, whose
from situation.record.readings.reading import Reading
from situation.testimony.ground import Ground

__all__ = ["record_judgements"]

_HOLDER: Final = ".holder"
_HOW_HELD: Final = tuple(f".{name}" for name in HOLDING)
_OF_CONTROL: Final = (".taken_by", ".holder.when", ".holder")
_CLAUSES: Final = {
    ".taken_by": "who took {place}",
    ".holder.when": "when {place} changed hands",
    ".holder": "who held {place}",
    ".attacked_by": "who attacked {place}",
    ".entered_by": "who entered {place}",
    ".strength": "{whose} strength at {place}",
}
"""From the end of a cell's name to what is asked of it; others are counted and not named."""


def record_judgements(
    rows: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
    window: Sequence[Minute],
    ground: Ground,
    believed: Reading | None = None,
) -> list[Judgement]:
    """The key judgements of a replay; none of what the record does not tell.

    Args:
        rows: the readings of the page, as `contract.ReadingShape` has them; that on which it opens first.
        claims: the claims of the page, as `contract.ClaimShape` has them.
        window: the first minute and the last.
        ground: for the names and the calendar.
        believed: what is held to have happened, of whose dead up to the end of the window is told where no place changes hands.
    """
    if not rows:
        return []
    readings = {reading["id"]: reading for reading in rows}
    main, end = rows[0], window[1]
    last = _last_changes(main, window, ground)
    dead = death_judgements(main, end, ground, believed) if believed is not None and not last else []
    silent = [it for it in dead if it["kind"] == "silence"]
    made = [_last_change(last, ground, main)] if last else [it for it in dead if it["kind"] != "silence"]
    disputes = {number: it for number, it in enumerate(main["disputes"]) if it["from"] <= end}
    if disputes:
        made.append(_disagreement(disputes, ground, main["id"]))
    made += _rests(readings, main, end, ground)
    if last and main["id"] == "best" and "day" in readings:
        evening = min(end, _evening(last[-1]["since"], ground))
        unknown = _unknown_yet(main, readings["day"], claims, evening)
        if unknown:
            changes = "one change" if unknown == 1 else f"{unknown} changes"
            day = long_day(evening, ground.clock)
            text = f"by the evening of {day}, {changes} of control had happened that no source of this record had yet reported"
            shows = f"reading=day&t={stamp(evening, ground.clock)}&panel=detail"
            made.append(judgement("hindsight", text, shows=shows))
    return [*made, *silent]


def _rows(reading: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """By place, who held it: rows in the order of time."""
    by_place: dict[str, list[dict[str, Any]]] = {}
    for cell, value, since, until, _, earliest, latest in reading["history"]:
        if cell.endswith(_HOLDER):
            row = {"value": value, "since": since, "until": until, "earliest": earliest, "latest": latest}
            by_place.setdefault(cell.removesuffix(_HOLDER), []).append(row)
    return {place: sorted(rows, key=lambda row: row["since"]) for place, rows in by_place.items()}


def _last_changes(reading: Mapping[str, Any], window: Sequence[Minute], ground: Ground) -> list[dict[str, Any]]:
    """The changes of holder on the last day that has any: place, from whom, to whom, and when; the last in time last."""
    changes = []
    for place, rows in _rows(reading).items():
        for before, row in zip([None, *rows], rows, strict=False):
            was = before["value"] if before else None
            if window[0] < row["since"] <= window[1] and row["value"] and was != row["value"] and before:
                changes.append({"place": place, "was": was, **row})
    if not changes:
        return []
    changes.sort(key=lambda it: it["since"])
    of_day = [it for it in changes if ground.clock.date(it["since"]) == ground.clock.date(changes[-1]["since"])]
    dated = [it for it in of_day if it["earliest"] is None or it["latest"] - it["earliest"] < DAY]
    return dated or changes[-1:]


def _last_change(last: list[dict[str, Any]], ground: Ground, reading: Mapping[str, Any]) -> Judgement:
    final, whole = last[-1], in_one_hand(reading["history"], last[-1]["since"], ground)
    ends = (final["since"], final["since"]) if final["earliest"] is None else (final["earliest"], final["latest"])
    begin = f"control last changed {long_span(Interval(*ends), ground.clock)}"
    texts = [f"{begin}: {_moves(last, whole, ground, most)}" for most in (NAMED_PLACES, 1)]
    at, place = stamp(_evening(final["since"], ground), ground.clock), by_size([it["place"] for it in last], ground)[0]
    shows = f"reading={reading['id']}&t={at}&place={place}"
    return judgement("change", *texts, f"{begin}, at {count_in_words(len(last), 'place')}", shows=shows)


def _moves(last: list[dict[str, Any]], whole: Collection[str], ground: Ground, most: int) -> str:
    """Which places passed from whom to whom, those of one loser together; `whole`: the cities in one hand then."""
    losers: dict[str | None, dict[str, list[str]]] = {}
    for it in last:
        losers.setdefault(it["was"], {}).setdefault(it["value"], []).append(it["place"])
    parts = []
    for was, winners in sorted(losers.items(), key=lambda it: -max(map(len, it[1].values()))):
        verb = f"passed from {names(was.split('+'), ground)} to" if was else "came to"
        winning = sorted(winners.items(), key=lambda it: -len(it[1]))
        moved = [(places_in_words(places, ground, most, whole), names(to.split("+"), ground)) for to, places in winning]
        rest = [f"{places} to {to}" for places, to in moved[1:]]
        parts.append(", and ".join([f"{moved[0][0]} {verb} {moved[0][1]}", *rest]))
    return "; ".join(parts)


def _disagreement(disputes: Mapping[int, Mapping[str, Any]], ground: Ground, reading: str) -> Judgement:
    """How much is disputed, and of what that has to do with control most is told; each with its number in the reading."""
    begin = f"the sources disagree on {count_in_words(len(disputes), 'question')}"
    listed = f"reading={reading}&tab=sources&panel=disputes"
    worded = [(words, it, number) for number, it in disputes.items() if (words := _about(it["cell"], ground))]
    if not worded:
        return judgement("dispute", begin, shows=listed)
    worded.sort(
        key=lambda it: (not it[1]["cell"].endswith(_OF_CONTROL), -sum(one["weight"] for one in it[1]["answers"]))
    )
    shows = f"{listed}&dispute={worded[0][2]}"
    if len(disputes) == 1:
        return judgement("dispute", f"the sources disagree on one question: {worded[0][0]}", shows=shows)
    return judgement("dispute", f"{begin}, among them {worded[0][0]}", begin, shows=shows)


def _about(cell: str, ground: Ground) -> str:
    """What a disputed question asks, as a clause; empty where there is no short one."""
    for ending, clause in _CLAUSES.items():
        if cell.endswith(ending):
            actor, at, place = cell.removesuffix(ending).rpartition("@")
            if ground.is_place(place) and not (at and ending != ".strength"):
                return clause.format(place=named(place, ground), whose=whose(actor, ground) if at else "")
    return ""


def _rests(
    readings: Mapping[str, Mapping[str, Any]], main: Mapping[str, Any], end: Minute, ground: Ground
) -> list[Judgement]:
    """At which places the holder at the end hangs on whose word is taken, and at how many on the word of one."""
    if main["id"] != "best" or not {"first-report", "two-origins"} <= set(readings):
        return []
    best, first, two = (_held_at(readings[name], end) for name in ("best", "first-report", "two-origins"))
    day = long_day(end, ground.clock)
    made = []
    open_to = [place for place, held in best.items() if first.get(place) != held]
    if open_to:
        which = [
            f"who holds {it} on {day}"
            for it in (places_in_words(open_to, ground), count_in_words(len(open_to), "place"))
        ]
        shows = f"reading=first-report&t={stamp(end, ground.clock)}"
        made.append(judgement("dispute", *(f"{it} hangs on which of them one believes" for it in which), shows=shows))
    alone = [place for place, held in best.items() if held is not None and two.get(place) != held]
    if alone:
        many = count_in_words(len(alone), "place") if len(alone) > NAMED_PLACES else places_in_words(alone, ground)
        shows = f"reading=two-origins&t={stamp(end, ground.clock)}&panel=detail"
        rests = judgement("dispute", f"who holds {many} on {day} rests on a single independent voice", shows=shows)
        behind = {
            place: {"holder": best[place], "claims": _behind(main, place, end)} for place in by_size(alone, ground)
        }
        made.append({**rests, "alone": behind})
    return made


def _held_at(reading: Mapping[str, Any], at: Minute) -> dict[str, Any]:
    return {
        place: next(
            (it["value"] for it in rows if it["since"] <= at and (it["until"] is None or at < it["until"])), None
        )
        for place, rows in _rows(reading).items()
    }


def _behind(reading: Mapping[str, Any], place: str, at: Minute) -> list[str]:
    """The claims behind who holds a place at a minute."""
    for cell, _, since, until, entry, *_ in reading["history"]:
        if cell == f"{place}{_HOLDER}" and since <= at and (until is None or at < until):
            return list(reading["entries"][entry]["claims"])
    return []


def _evening(minute: Minute, ground: Ground) -> Minute:
    """The last minute of a local day."""
    return ground.clock.instant((ground.clock.local(minute) // DAY + 1) * DAY) - 1


def _unknown_yet(
    best: Mapping[str, Any], day: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], at: Minute
) -> int:
    """How many changes of control best knowledge dates up to a minute of which nobody had told by then, believed or not.

    An event is the same by the claims that tell of it, under whatever id: it may bear that of a claim that came later. One that
    leaves who holds or rings a place as it was is no change. The page counts alike (`unknownYet` of `claims/latest.js`).
    """
    changed = _changing(best)
    mentioned = {
        claim
        for entry in day["entries"]
        if entry["mark"] == "event"
        and entry["time"] <= at
        and any(since <= at < until for since, until in entry["held"])
        for claim in entry["claims"]
    }
    spoken: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        standing = claim["retracted"] is None or at < claim["retracted"]["at"]
        if claim["cell"] and claim["stance"] == "asserts" and claim["earliest"] <= claim["known"] <= at and standing:
            spoken.setdefault(claim["cell"], []).append(claim)
    by_id = {claim["id"]: claim for claim in claims}
    behind = {name for entry in best["entries"] for name in entry["claims"]}
    return sum(
        entry["mark"] == "event"
        and entry["lane"] == "control"
        and entry["id"] in changed
        and entry["event"] != "OrderUnknown"
        and entry["time"] <= at
        and mentioned.isdisjoint(entry["claims"])
        and not any(
            claim["answer"] == later["answer"] and _is_of(claim, entry, behind)
            for later in (by_id[name] for name in entry["claims"] if name in by_id)
            if later["event"] == entry["event"]
            for claim in spoken.get(later["cell"], ())
        )
        for entry in best["entries"]
    )


def _is_of(claim: Mapping[str, Any], entry: Mapping[str, Any], behind: Collection[str]) -> bool:
    """Whether a claim is for or against an event (against: it gives another time), or else tells of one like it at its time.

    Of the latter none is meant that is behind some event that is held to have happened.
    """
    if claim["id"] in entry["claims"] or claim["id"] in entry["against"]:
        return True
    alike = claim["event"] == entry["event"] and claim["id"] not in behind
    return bool(alike and claim["earliest"] <= entry["latest"] and entry["earliest"] <= claim["latest"])


def _changing(reading: Mapping[str, Any]) -> frozenset[str]:
    """The events after which a place is held or ringed otherwise than before: who takes what is their own changes nothing."""
    last: dict[str, Any] = {}
    changed = set()
    for cell, value, _, _, entry, *_ in sorted(reading["history"], key=lambda row: int(row[2])):
        if cell.endswith(_HOW_HELD):
            if cell in last and last[cell] != value:
                changed.add(str(reading["entries"][entry]["id"]))
            last[cell] = value
    return frozenset(changed)
