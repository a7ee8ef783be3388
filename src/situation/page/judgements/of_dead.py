"""What a record shows in which no place changes hands: how many died by whose count, who fought where, and what nobody says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from situation.dates import Minute
from situation.events import PlaceId
from situation.log.name_words import at_place
from situation.log.value_words import count_in_words, list_in_words
from situation.page.judgements.judgement import Judgement, judgement
from situation.page.judgements.phrases import names
from situation.record.readings.reading import Reading
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import totals
from situation.record.tolls.within import tolls_within
from situation.testimony.ground import Ground

__all__ = ["death_judgements"]

_NAMED_SOURCES: Final = 2
"""Sources named in one sentence at most."""


def death_judgements(main: Mapping[str, Any], end: Minute, ground: Ground, believed: Reading) -> list[Judgement]:
    """Who counts how many dead, whose fights cost most and where, which were most, of which nobody counted, and who holds places.

    Args:
        main: the reading on which the page opens.
        end: the last minute of which it tells.
        ground: for the names.
        believed: what is held to have happened.
    """
    log, within = believed.log.until(end), tolls_within(believed, ground)
    by_pair = totals(log, ground, by=("pair",), within=within)
    if not by_pair:
        return []
    by_both = totals(log, ground, by=("pair", "place"), within=within)
    made = [*_counted(by_pair, believed), *_fought(by_pair, by_both, ground), *_uncounted(by_both, ground)]
    return [*made, *_held_by_nobody_known(main, end, ground)]


def _numbered(tolls: Sequence[Toll]) -> list[Toll]:
    return [it for it in tolls if it.events > it.unnumbered]


def _dead(toll: Toll) -> int:
    return toll.low if toll.best is None else toll.best


def _counted(by_pair: Sequence[Toll], believed: Reading) -> list[Judgement]:
    """How many were killed in all, and by whose count."""
    numbered = _numbered(by_pair)
    if not numbered:
        return []
    low, high = sum(it.low for it in numbered), sum(it.high for it in numbered)
    best = None if any(it.best is None for it in numbered) else sum(map(_dead, numbered))
    unbounded = any(it.open for it in numbered)
    if low == high:
        between = f"at least {low:,}" if unbounded else f"{low:,}"
    else:
        between = f"{low:,} to {high:,}{' or more' if unbounded else ''}"
    events = _counted_in_words(sum(it.events - it.unnumbered for it in numbered), "event")
    claims = dict.fromkeys(claim for it in numbered for claim in it.claims)
    cited = (
        believed.testimony.sources.get(believed.claims[claim].source) for claim in claims if claim in believed.claims
    )
    sources = list(dict.fromkeys(source.outlet for source in cited if source is not None))
    which = f": {list_in_words(sources)}" if len(sources) <= _NAMED_SOURCES else ""
    by = (
        f", by the count{'s' if len(sources) > 1 else ''} of {_counted_in_words(len(sources), 'source')}{which}"
        if sources
        else ""
    )
    if best is None or low == high:
        return [judgement("toll", f"{between} were killed in {events}{by}")]
    most = f"{high:,} or more by the highest counts" if unbounded else f"at most {high:,}"
    return [judgement("toll", f"{best:,} were killed in {events} (at least {low:,}, {most}){by}")]


def _counted_in_words(number: int, thing: str) -> str:
    return f"one {thing}" if number == 1 else count_in_words(number, thing)


def _fought(by_pair: Sequence[Toll], by_both: Sequence[Toll], ground: Ground) -> list[Judgement]:
    """Whose fights cost most and where; and who fought most often, where these are others."""
    numbered = [it for it in _numbered(by_pair) if it.pair is not None and any(it.pair)]
    made = []
    most = max(numbered, key=lambda it: (_dead(it), it.events), default=None)
    if most is not None and _dead(most):
        events = _counted_in_words(most.events - most.unnumbered, "event")
        part = f"the most, {_dead(most):,}, died in {events} {_between(most, ground)}"
        rows = [it for it in _numbered(by_both) if it.pair == most.pair and it.place is not None]
        worst = max(rows, key=lambda it: (_dead(it), it.events), default=None)
        where = [f"{part}, {_where(worst, ground, _dead(worst) < _dead(most))}"] if worst is not None else []
        made.append(judgement("toll", *where, part, shows=_shown(worst, ground)))
    often = max((it for it in by_pair if it.pair is not None and any(it.pair)), key=lambda it: it.events, default=None)
    total = sum(it.events for it in by_pair)
    if often is not None and often is not most and often.events > 1:
        part = f"{_fighting(often, ground)} most often, in {often.events:,} of {count_in_words(total, 'event')}"
        rows = [it for it in by_both if it.pair == often.pair and it.place is not None]
        place = max(rows, key=lambda it: it.events, default=None)
        where = (
            [f"{part}, most of all {at_place(str(place.place), ground)}"]
            if place is not None and place.events > 1
            else []
        )
        made.append(judgement("toll", *where, part, shows=_shown(place if where else None, ground)))
    return made


def _sides(toll: Toll, ground: Ground) -> list[str]:
    """The two sides by name; one, where it fought among themselves."""
    sides = ["others not named" if it is None else names(it.split("+"), ground) for it in toll.pair or ()]
    return list(dict.fromkeys(sides))


def _between(toll: Toll, ground: Ground) -> str:
    sides = _sides(toll, ground)
    return f"between {' and '.join(sides)}" if len(sides) > 1 else f"as {sides[0]} fought among themselves"


def _fighting(toll: Toll, ground: Ground) -> str:
    sides = _sides(toll, ground)
    return f"{' and '.join(sides)} fought" if len(sides) > 1 else f"{sides[0]} fought among themselves"


def _where(worst: Toll, ground: Ground, some: bool) -> str:
    place = at_place(str(worst.place), ground)
    return f"{_dead(worst):,} of them {place}" if some else f"all {place}" if worst.events > 1 else place


def _shown(toll: Toll | None, ground: Ground) -> str:
    return f"place={toll.place}" if toll is not None and toll.place in ground.places else ""


def _uncounted(by_both: Sequence[Toll], ground: Ground) -> list[Judgement]:
    """Of how many events nobody says how many died, and where most of these were."""
    silent: dict[str | None, int] = {}
    for it in by_both:
        if it.unnumbered:
            silent[it.place] = silent.get(it.place, 0) + it.unnumbered
    if not silent:
        return []
    part = f"of {_counted_in_words(sum(silent.values()), 'event')} nobody says how many were killed"
    places = sorted((it for it in silent if it is not None), key=lambda it: -silent[it])
    if not places:
        return [judgement("toll", part)]
    shows = f"place={places[0]}" if places[0] in ground.places else ""
    others = [_counted_in_words(len(places) - 1, "other place")] if len(places) > 1 else []
    unsaid = ["where no source says"] if None in silent else []
    where = list_in_words([at_place(places[0], ground), *others, *unsaid])
    return [judgement("toll", f"{part}: {where}", part, shows=shows)]


def _held_by_nobody_known(main: Mapping[str, Any], end: Minute, ground: Ground) -> list[Judgement]:
    """At how many places no source says who holds them: the last line, since the record is not about that."""
    known = {
        cell.removesuffix(".holder")
        for cell, value, since, until, *_ in main["history"]
        if cell.endswith(".holder") and value and since <= end and (until is None or end < until)
    }
    unknown = [place for place in ground.places if PlaceId(place) not in known]
    if not unknown:
        return []
    every = len(unknown) == len(ground.places)
    which = "any place on the map" if every else f"{len(unknown):,} of {count_in_words(len(ground.places), 'place')}"
    return [judgement("silence", f"no source says who holds {which}")]
