"""From a folder to the record: all files are read, all problems reported together, and nothing is half loaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen

from situation.dates import Minute, when_given
from situation.errors import Fault, InputError, Problem, Where, near_miss, of_kind, path_given
from situation.log.claim_words import claim_in_words
from situation.record.files.stray import holds_claims, imported_files, no_situation, read_in_full, stray_claims
from situation.record.files.texts import verify_texts
from situation.record.joining.topic import span_of
from situation.record.record import Record
from situation.record.renaming import with_claimed_names
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import finish
from situation.testimony.disk.reading import read_file
from situation.testimony.documents import Document, read
from situation.testimony.geography import read_geography
from situation.testimony.ground import Ground
from situation.testimony.mapfile import ground_of
from situation.testimony.mapnames import names_in
from situation.testimony.names import Names
from situation.testimony.recordfile import read_testimony
from situation.testimony.release import released
from situation.testimony.testimony import Testimony
from situation.testimony.tour import claim_faults

__all__ = ["PARTS", "Survey", "inspect", "load", "scenario_files", "survey"]

PARTS = ("record", "background", "imports")
"""Claims by where they stand: the file `record` must be there; the file `background`, and the folder `imports` with what was
taken from files of others, may be, and can be left out as a whole."""
_IMPORTS = "imports"
_PARTS_TO_NAME = f"Name some of: {', '.join(PARTS[1:])}."


def load(
    folder: str | Path,
    without: Collection[str] = (),
    sources: str | Path | None = None,
    release: str | None = None,
) -> Record:
    """Read a situation's folder.

    Args:
        folder: the folder with `map.yaml`, `sources.yaml` and `record.yaml` (or `record.jsonl`).
        without: parts to leave out, such as `background`.
        sources: a folder with the sources' texts, to be verified against their digests.
        release: when what is made of it is shown, a date: what is under embargo then is left out; None: nothing is.

    Returns:
        The record.

    Raises:
        InputError: every problem of the files, with its place.
    """
    record, problems, _ = inspect(folder, without, sources, release)
    if record is None or problems:
        raise InputError(problems)
    return record


def inspect(
    folder: str | Path,
    without: Collection[str] = (),
    sources: str | Path | None = None,
    release: str | None = None,
) -> tuple[Record | None, list[Problem], list[str]]:
    """Read a situation's folder and report on it: the record if it can be used, all problems, and notes.

    Raises:
        Fault: `without` names no part that can be left out, or `release` is no date.
    """
    situation = survey(folder, without, sources, release)
    return situation.record, situation.problems, situation.notes


@frozen
class Survey:
    """A situation's folder as far as it could be read, so that a scenario can be checked against it.

    Args:
        home: the folder.
        names: the ids of the map; None where it could not be read at all.
        ground: the map; None where it is faulty.
        record: the record; None where anything is.
        problems, notes: everything to report of it.
    """

    home: Path | None
    names: Names | None = None
    ground: Ground | None = None
    record: Record | None = None
    problems: list[Problem] = field(factory=list)
    notes: list[str] = field(factory=list)

    @classmethod
    def of(cls, record: Record) -> Survey:
        """Of a record that has been loaded."""
        ground = of_kind(record, Record, "record", "Give one from load.").ground
        return cls(record.folder, names_in(ground), ground, record)


def survey(
    folder: str | Path,
    without: Collection[str] = (),
    sources: str | Path | None = None,
    release: str | None = None,
) -> Survey:
    """Read a situation's folder, as `inspect` does, and keep what could be read of a faulty one.

    Raises:
        Fault: `without` names no part that can be left out.
    """
    home = path_given(folder, "folder")
    without = (without,) if isinstance(without, str) else of_kind(without, Collection, "without", _PARTS_TO_NAME)
    for part in without:
        if part not in PARTS[1:]:
            advice = near_miss(str(part), PARTS[1:]) or _PARTS_TO_NAME
            raise Fault(f"There is no part '{part}' to leave out.", advice)
    if fact := no_situation(home):
        advice = "Name a folder that holds map.yaml and record.yaml."
        return Survey(home, problems=[Problem(Where(str(folder)), fact, advice)])
    finished, problems = _finished(home, str(folder))
    documents, form_problems, whole = _documents(home, str(folder))
    problems += form_problems
    ground, codec, map_problems = ground_of(documents["map"]) if "map" in documents else (None, None, [])
    problems += map_problems
    geography, geography_problems = read_geography(home, str(folder))
    problems += geography_problems
    whole_map = "map" in documents and not map_problems and not documents["map"].odd
    names, sound = codec.names if codec is not None else None, ground if whole_map else None
    if ground is None or codec is None:
        return Survey(home, names, problems=problems)
    there = {_part(name) for name in documents}
    parts = tuple(part for part in PARTS if part in there and part not in without)
    inputs = [(_part(name), documents[name]) for name in sorted(documents, key=_order) if name != "map"]
    testimony, claim_problems = read_testimony(ground, codec, inputs, whole)
    problems += claim_problems
    if whole:
        at = documents["map"].where
        claim_faults(ground.tour, testimony.claims, lambda path, *said: problems.append(Problem(at(path), *said)))
    notes, text_problems = verify_texts(testimony, None if sources is None else path_given(sources, "sources"))
    problems += text_problems
    if problems:
        return Survey(home, names, sound, None, problems, notes)
    notes = [*finished, *_defaults(documents), *notes]
    if "background" not in parts or "imports" in without:
        testimony = _of_parts(testimony, parts)
    ground = with_claimed_names(ground, testimony)
    testimony = _in_words(testimony, ground)
    digest = hashlib.sha256()
    for name in sorted(documents):
        if _part(name) not in without:
            file = home / documents[name].file.removeprefix(f"{folder}/")
            digest.update(f"{name}\0".encode() + read_file(file, home) + b"\0")
    minute, every = None, testimony.claims
    if release is not None:
        minute = _moment_of_release(release, ground)
        testimony = released(testimony, minute)
        digest.update(f"release\0{minute}\0".encode())
    withheld = frozenset(every) - frozenset(testimony.claims)
    left_out = frozenset(part for part in PARTS if part in there and part not in parts)
    record = Record(ground, testimony, parts, digest.hexdigest(), home, minute, withheld, geography, left_out)
    return Survey(home, names, sound, record, problems, notes)


def _of_parts(testimony: Testimony, parts: Collection[str]) -> Testimony:
    """The testimony with the claims of some parts alone, and the sources that they are of; with each its earlier exports."""
    claims = {name: claim for name, claim in testimony.claims.items() if claim.part in parts}
    used = dict.fromkeys(claim.source for claim in claims.values())
    waiting = [*used]
    while waiting:
        older = [name for name in testimony.sources[waiting.pop()].newer_than if name not in used]
        used |= dict.fromkeys(older)
        waiting += older
    sources = {name: source for name, source in testimony.sources.items() if name in used}
    return evolve(testimony, sources=sources, claims=claims)


def _finished(home: Path, shown: str) -> tuple[list[str], list[Problem]]:
    """A note on an import that was cut off while its files were put in place, which is done now; or why it cannot be."""
    try:
        names = finish(home)
    except OSError as error:
        fact = f"An import was cut off, and cannot be put in place: {error.strerror}."
        return [], [Problem(Where(shown), fact, advice_for(error))]
    words = f"{shown}: An import was cut off. What it had decided on is now in place: {', '.join(names)}."
    return [words] if names else [], []


def _moment_of_release(release: str, ground: Ground) -> Minute:
    """The minute at which what is made of the record is shown.

    Raises:
        Fault: the text is no date.
    """
    try:
        given = when_given(release)
        return ground.clock.moment(given) if isinstance(given, str) else given
    except Fault as fault:
        raise Fault(fault.fact, fault.advice, argument="release") from None


def _documents(home: Path, shown: str) -> tuple[dict[str, Document], list[Problem], bool]:
    """Every file as a document, by its name without ending; the problems of their form; whether all could be read."""
    documents: dict[str, Document] = {}
    imported, problems = imported_files(home, shown, _IMPORTS)
    whole = not problems
    for path in imported:
        document, faults = read(path, f"{shown}/{_IMPORTS}/{path.name}", home)
        problems += faults
        whole = whole and read_in_full(path, document, faults)
        if document is not None:
            documents[f"{_IMPORTS}/{path.name}"] = document
    problems += stray_claims(home, shown, _RECORD_FILES, _IMPORTS)
    for name in ("map", "sources", *PARTS[:2]):
        choices = [home / f"{name}.yaml", *([home / f"{name}.jsonl"] if name in PARTS else [])]
        there = [path for path in choices if os.path.lexists(path)]
        if len(there) > 1:
            fact = f"Both {there[0].name} and {there[1].name} are here."
            problems.append(Problem(Where(f"{shown}/{there[1].name}"), fact, "Keep one of them."))
        if not there and name == "background":
            continue
        path = there[0] if there else choices[0]
        document, faults = read(path, f"{shown}/{path.name}", home)
        problems += faults
        whole = whole and read_in_full(path, document, faults)
        if document is not None:
            documents[name] = document
    return documents, problems, whole


def _part(name: str) -> str:
    """The part of the record that a document belongs to."""
    return name.partition("/")[0]


def _order(name: str) -> tuple[int, str]:
    """Documents in the order in which they are read: sources, record, background, imports by name."""
    return ("map", "sources", *PARTS).index(_part(name)), name


def _in_words(testimony: Testimony, ground: Ground) -> Testimony:
    """The testimony with what a claim says in plain words, where it is not written."""
    claims = dict(testimony.claims)
    for name, claim in claims.items():
        if not claim.says:
            claims[name] = evolve(claim, says=claim_in_words(claim, ground.at(span_of(claim, ground).latest)))
    return evolve(testimony, claims=claims)


_DEFAULTS = {
    "id": "made of its source, event, subject and date",
    "says": "what it is of, in plain words",
    "said_by": "the outlet's own voice",
    "credibility": "it cannot be judged",
}
"""What a claim means by leaving a key out."""


def _defaults(documents: Mapping[str, Document]) -> list[str]:
    """How many claims of each file written by hand leave out what has a default, and what is read instead."""
    notes = []
    for part in PARTS[:2]:
        value = documents[part].value if part in documents else []
        rows = [row for row in (value.get("claims", []) if isinstance(value, dict) else value) if isinstance(row, dict)]
        if all("id" in row and "says" in row for row in rows):
            continue
        notes.append(f"{documents[part].file}: {_lacking(rows)}.")
    return notes


def _lacking(claims: Sequence[Mapping[str, object]]) -> str:
    """What claims leave out: `of 3 claims, 1 has no 'id' (...), 2 no 'says' (...)`, `its one claim has no 'id' (...)`."""
    one, missing = len(claims) == 1, {key: sum(key not in claim for claim in claims) for key in _DEFAULTS}
    rows = ((key, "" if one else f"{count} ") for key, count in missing.items() if count)
    listed = ", ".join(f"{count}no '{key}' ({_DEFAULTS[key]})" for key, count in rows)
    verb = "has" if one or listed.startswith("1 ") else "have"
    return f"its one claim has {listed}" if one else f"of {len(claims):,} claims, {listed.replace(' ', f' {verb} ', 1)}"


_RECORD_FILES = frozenset({"map", "sources", *PARTS})


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """The files of a situation's scenarios, by name.

    Raises:
        OSError: the folder may not be looked into.
    """
    there = folder.iterdir() if folder.is_dir() else ()
    beside = sorted(path for path in there if path.suffix == ".yaml" and path.stem not in _RECORD_FILES)
    return tuple(path for path in beside if not holds_claims(path))
