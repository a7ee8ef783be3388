"""Faults between claims, sources, speakers and the map, of which each is right by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from situation.errors import Fault, near_miss
from situation.testimony.claims import Claim, Source, Speaker
from situation.testimony.disk.reading import check_file_name
from situation.testimony.documents import Path_
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["check_testimony"]

_Finding = tuple[str, str, Path_, Fault]


def check_testimony(testimony: Testimony, known: Mapping[str, frozenset[str]], ground: Ground) -> Iterable[_Finding]:
    """Every fault between the parts of a testimony: the table, the id, the path within it, and the fault.

    Args:
        testimony: what could be read.
        known: the ids that stand in the files, by table, also of entries that could not be read.
        ground: the map.
    """
    for table in ("sources", "speakers"):
        rows: Mapping[str, Source | Speaker] = getattr(testimony, table)
        for name, row in rows.items():
            for actor, lean in row.lean.items():
                if not -1 <= lean <= 1:
                    fault = Fault(f"A lean of {lean} is out of bounds.", "Write -1 (against) to 1 (for).")
                    yield table, name, ("lean", actor), fault
            if row.lean and not row.lean_reason:
                yield table, name, ("lean",), Fault("The lean has no reason.", "Write why under 'lean_reason'.")
    for source in testimony.sources.values():
        for path, fault in (*_text_faults(source), *_export_faults(source, testimony, known["sources"])):
            yield "sources", source.id, path, fault
    for claim in testimony.claims.values():
        for path, fault in _claim_faults(claim, testimony, known, ground):
            yield "claims", claim.id, path, fault
    yield from _circles(testimony)


def _text_faults(source: Source) -> Iterable[tuple[Path_, Fault]]:
    """A source with a text needs the digest and number of paragraphs by which the text is verified."""
    if source.paragraphs is not None and source.paragraphs < 1:
        yield ("paragraphs",), Fault(f"A source of {source.paragraphs} paragraphs.", "Count its non-empty lines.")
    if source.file:
        try:
            check_file_name(source.file)
        except Fault as fault:
            yield ("file",), fault
    if source.file and source.paragraphs is None:
        yield (), Fault(f"The paragraphs of {source.file} are not counted.", "Give 'paragraphs': its non-empty lines.")
    if source.file and re.fullmatch("[0-9a-f]{64}", source.sha256) is None:
        where: Path_ = ("sha256",) if source.sha256 else ()
        yield where, Fault(f"The sha256 of {source.file} is missing or cut.", "Give its 64 hexadecimal digits.")


def _export_faults(source: Source, testimony: Testimony, known: frozenset[str]) -> Iterable[tuple[Path_, Fault]]:
    """Earlier exports of a table that there are not, and those of what is no table of events."""
    for number, name in enumerate(source.newer_than):
        older = testimony.sources.get(name)
        if name == source.id or name not in known:
            hint = near_miss(name, known - {source.id}) or "Name the sources that are earlier exports of this one."
            yield ("newer_than", number), Fault(f"There is no other source '{name}'.", hint)
        elif older is not None and not (source.rows and older.rows):
            fact = f"'{source.id if older.rows else name}' is no table of which each row is an event."
            yield ("newer_than", number), Fault(fact, "Write 'rows: true' at both, or leave 'newer_than' out.")


def _claim_faults(
    claim: Claim, testimony: Testimony, known: Mapping[str, frozenset[str]], ground: Ground
) -> Iterable[tuple[Path_, Fault]]:
    sources, speakers = known["sources"], known["speakers"]
    if claim.source not in sources:
        yield ("source",), Fault(f"There is no source '{claim.source}'.", near_miss(claim.source, sources) or _ADD)
    if claim.said_by != "article" and claim.said_by not in speakers:
        hint = near_miss(claim.said_by, speakers) or f"{_ADD} Or write 'article' for the outlet's own voice."
        yield ("said_by",), Fault(f"There is no speaker '{claim.said_by}'.", hint)
    voices = (known["origins"], sources, speakers)
    if claim.origin not in (claim.said_by, claim.source) and not any(claim.origin in names for names in voices):
        hint = near_miss(claim.origin, frozenset().union(*voices)) or _ADD
        yield ("origin",), Fault(f"There is no origin '{claim.origin}'.", hint)
    for key in ("retracts", "corrects"):
        if getattr(claim, key) or (key, claim.mode) == ("retracts", "retracts"):
            yield from _retraction(claim, key, testimony, known, ground)
    if claim.replaced_by:
        yield from _replacement(claim, known["claims"])
    if "/" in claim.episode:
        yield ("episode",), Fault(f"The episode '{claim.episode}' holds a slash.", "Use hyphens.")
    source = testimony.sources.get(claim.source)
    if source is not None:
        yield from _source_faults(claim, source, testimony, ground)


def _source_faults(claim: Claim, source: Source, testimony: Testimony, ground: Ground) -> Iterable[tuple[Path_, Fault]]:
    if source.paragraphs is not None:
        if claim.paragraph is None:
            yield (
                (),
                Fault(
                    "The claim names no paragraph.",
                    f"Count the non-empty lines of {source.file or 'the piece'} from 1.",
                ),
            )
        elif not 1 <= claim.paragraph <= source.paragraphs:
            fact = f"The source '{source.id}' has no paragraph {claim.paragraph}."
            yield ("paragraph",), Fault(fact, f"It has {source.paragraphs}, counted from 1.")
    published = source.published.span.latest
    event = claim.event
    somewhere = (
        event is not None and not event.lasting and hasattr(event, "place") and "place" in type(event).__annotations__
    )
    if claim.kind == "event" and claim.happened is None and somewhere:
        fact = f"It is not said when this {type(event).__name__} happened."
        yield (), Fault(fact, "Give 'happened', however wide: {latest: <date>} will do.")
    sea = event is not None and event.place in ground.places and ground.kind_of(event.place).sea
    if sea and event is not None and f"{event.place}.status" in event.speaks(ground.at(published).root):
        fact = f"Nobody holds '{event.place}': it is sea."
        yield (claim.mode, "place"), Fault(fact, "Say who attacked there (Attacked), or who closed it (Blockaded).")
    past = claim.kind == "event" and claim.happened is not None
    if past and claim.happened is not None:
        if claim.happened.span.earliest > published:
            fact = f"It happened after the piece was published, on {ground.clock.spoken(source.published.span)}."
            yield ("happened",), Fault(fact, "Correct one of the dates, or make it a forecast.")
        elif claim.said is not None and claim.happened.span.earliest > claim.said.span.latest:
            yield ("happened",), Fault("It happened after it was said.", "Correct one of the dates.")
    if claim.said is not None and claim.said.span.earliest > published:
        fact = f"It was said after the piece was published, on {ground.clock.spoken(source.published.span)}."
        yield ("said",), Fault(fact, "Correct one of the dates.")
    for number, assessment in enumerate(claim.credibility):
        if assessment.as_of < testimony.known_from(claim):
            fact = "The item is judged before it was known."
            since = ground.clock.text(testimony.known_from(claim))
            yield ("credibility", number, "as_of"), Fault(fact, f"It is known from {since} on.")


def _retraction(
    claim: Claim, key: str, testimony: Testimony, known: Mapping[str, frozenset[str]], ground: Ground
) -> Iterable[tuple[Path_, Fault]]:
    name: str = getattr(claim, key)
    target = testimony.claims.get(name)
    if name == claim.id:
        yield (key,), Fault(f"The claim {key} itself.", "Name the id of another claim.")
    elif name not in known["claims"]:
        hint = near_miss(name, known["claims"] - {claim.id}, 0.85) or "Name the id of another claim."
        yield (key,), Fault(f"There is no claim '{name}' to {key.removesuffix('s')}.", hint)
    elif claim.mode == "retracts" and key == "corrects":
        yield (key,), Fault("The claim retracts and corrects at once.", "Write one of the two keys.")
    elif (
        target is not None
        and {claim.source, target.source} <= set(testimony.sources)
        and testimony.known_from(claim) < testimony.known_from(target)
    ):
        day, since = (ground.clock.spoken_day(testimony.known_from(it)) for it in (claim, target))
        fact = f"It is {key.removesuffix('s')}ed on {day}, and known only from {since}."
        yield (
            (key,),
            Fault(fact, "Correct one of the dates; what was said before it was printed has its day under 'said'."),
        )


def _replacement(claim: Claim, known: frozenset[str]) -> Iterable[tuple[Path_, Fault]]:
    key, name = "replaced_by", claim.replaced_by
    if claim.mode != "retracts":
        yield (key,), Fault("Only a retraction has 'replaced_by'.", "Write 'corrects' beside what stands in its place.")
    elif name in (claim.id, claim.retracts) or name not in known:
        hint = near_miss(name, known - {claim.id, claim.retracts}, 0.85) or "Name the id of the claim in its place."
        yield (key,), Fault(f"There is no claim '{name}' in the place of '{claim.retracts}'.", hint)


def _circles(testimony: Testimony) -> Iterable[_Finding]:
    """Retractions that retract each other: a fault for each claim on such a circle."""
    target = {name: claim.takes_back for name, claim in testimony.claims.items() if claim.takes_back}
    for start, first in target.items():
        seen: set[str] = set()
        here = first
        while here in target and here not in seen and here != start:
            seen.add(here)
            here = target[here]
        if here == start and first != start:
            fault = Fault(f"The retraction '{start}' is taken back by what it takes back.", "Take one of them out.")
            key = "corrects" if testimony.claims[start].corrects else "retracts"
            yield "claims", start, (key,), fault


_ADD = "Add it to sources.yaml, or to this file."
