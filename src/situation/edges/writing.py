"""An import written into a situation's folder: checked as a whole first, then put in place, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attrs import evolve

from situation.edges.earlier import FOLDER
from situation.edges.imports import Imported, ImportedFile
from situation.edges.mapedit import UNKNOWN_ACTOR, UNKNOWN_PLACE, with_additions
from situation.errors import InputError, SituationError
from situation.log.given_names import name_in_words
from situation.record.loading import PARTS, survey
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import finish, put_files, put_folder
from situation.testimony.disk.reading import read_file, why_none
from situation.testimony.disk.scratch import laid_out
from situation.testimony.disk.steps import CAN_HOLD, disk, hold_folder
from situation.testimony.yamltext import flow, listed

__all__ = ["files_of", "importing", "new_situation", "write_import"]


def files_of(imported: Imported, joined: bool = False) -> dict[str, str]:
    """The files of an import, by their names in the situation's folder.

    Args:
        imported: what was imported.
        joined: whether rows that are possibly one are joined; each pair can be taken out by hand.
    """
    content: dict[str, str] = {}
    joins = [[pair.one, pair.other] for pair in imported.possibly_one] if joined else []
    bearing = [file for file in imported.files if file.claims]
    if joins and not bearing:
        content[f"{FOLDER}/{imported.files[0].name}.yaml"] = _same(joins)
    for file in bearing:
        pairs = joins if file is bearing[0] else []
        content[f"{FOLDER}/{file.name}.yaml"] = _about(file, imported, pairs)
        content[f"{FOLDER}/{file.name}.jsonl"] = "".join(
            f"{json.dumps(claim, ensure_ascii=False, separators=(', ', ': '))}\n" for claim in file.claims
        )
    return content


def _about(file: ImportedFile, imported: Imported, pairs: list[list[str]]) -> str:
    head = [f"# Imported from {file.file}."]
    bad = [it for it in imported.rejected if Path(it.file).name == file.file]
    head += [f"# Rejected: line {it.line}: {it.fact}" for it in bad]
    text = "\n".join(head) + "\n" + listed("sources", file.sources)
    text += listed("origins", file.origins) if file.origins else ""
    return text + (_same(pairs) if pairs else "")


def _same(pairs: list[list[str]]) -> str:
    lines = "".join(f"  - {flow(pair)}\n" for pair in pairs)
    return f"# Possibly one, joined on request: take a line out to part the two.\nsame:\n{lines}"


def new_situation(name: str, title: str, imported: Imported, utc_offset: str, about: str) -> dict[str, str]:
    """The files of a situation that is made of an import alone: map, sources and record, still to be written on by hand."""
    additions = imported.additions
    title = f"{title[0].upper()}{name_in_words(title)[1:]}" if title == name else title
    first, last = (day.isoformat() for day in imported.window)
    places = "".join(f"    {flow(str(row['id']))}: {flow(UNKNOWN_PLACE)}\n" for row in additions.places)
    actors = "".join(f"    {flow(str(row['id']))}: {flow(UNKNOWN_ACTOR)}\n" for row in additions.actors)
    text = (
        f"situation: {flow(name)}\ntitle: {flow(title)}\nabout: {flow(about)}\n"
        f"window: {{from: {first}, to: {last}}}\nutc_offset: {flow(utc_offset)}\n"
        + listed("actors", additions.actors)
        + listed("places", additions.places)
        + (listed("regions", additions.regions) if additions.regions else "")
        + f"opening:\n  at: {first}\n"
        + (f"  places:\n{places}" if places else "  places: {}\n")
        + (f"  actors:\n{actors}" if actors else "  actors: {}\n")
        + "  relations: []\n"
    )
    return {
        "map.yaml": text,
        "sources.yaml": f"# Sources of the claims in record.yaml. {_APART}\nsources: []\n",
        "record.yaml": f"# Claims that are written by hand. {_APART}\nclaims: []\n",
    }


_APART = "Those that were imported stand in imports/."


@contextmanager
def importing(folder: Path) -> Iterator[list[str]]:
    """A context in which nobody else imports into a situation's folder.

    Gives the names of the files of an earlier import that was cut off while they were put in place, which they now are.

    Raises:
        SituationError: another process imports into it, or the earlier import cannot be put in place.
    """
    if not folder.is_dir() and (odd := why_none(folder, "a situation's folder")):
        raise SituationError(f"{folder}: {odd} Name a folder that holds map.yaml and record.yaml.")
    with hold_folder(folder) as held:
        if not held and CAN_HOLD:
            raise SituationError(f"{folder}: Another import into this situation is under way. Wait until it has ended.")
        try:
            done = finish(folder)
        except OSError as error:
            raise _unwritten(folder, error) from error
        yield done


def write_import(
    folder: Path, content: Mapping[str, str], imported: Imported, new: bool, dry_run: bool = False
) -> None:
    """Put the files of an import into a situation's folder together, once the whole of it has no problem.

    Args:
        folder: the situation's folder.
        content: the files, by their names in it.
        imported: what is added to the map.
        new: whether the folder is made.
        dry_run: whether to stop once it is known that the whole has no problem; nothing is written.

    Raises:
        InputError: every problem of the situation as it would be; nothing is written.
        SituationError: it cannot be written.
    """
    texts = dict(content)
    made = not folder.parent.exists()
    try:
        if not new:
            texts["map.yaml"] = with_additions(folder / "map.yaml", f"{folder}/map.yaml", imported.additions)
        files = {name: text.encode() for name, text in texts.items()}
        whole = files if new else _record(folder) | files
        with laid_out({f"{folder.name}/{name}": whole[name] for name in whole}) as home:
            _check(home / folder.name, folder)
        if dry_run:
            return
        if new:
            put_folder(folder, files, folder.parent / ".partial", replaces=False)
        else:
            put_files(folder, files)
    except OSError as error:
        raise _unwritten(folder, error) from error
    finally:
        if made:
            with suppress(OSError):
                disk().drop(folder.parent)


def _unwritten(folder: Path, error: OSError) -> SituationError:
    return SituationError(f"{folder}: The import cannot be written: {error.strerror}. {advice_for(error)}")


def _record(folder: Path) -> dict[str, bytes]:
    """The files of a situation's record, by their names in its folder."""
    names: Iterable[Path] = [*folder.glob("*"), *(folder / FOLDER).glob("*")]
    known = {f"{stem}{ending}" for stem in ("map", "sources", *PARTS) for ending in (".yaml", ".jsonl")}
    return {
        path.relative_to(folder).as_posix(): read_file(path, folder)
        for path in names
        if path.is_file() and (path.name in known or path.parent.name == FOLDER)
    }


def _check(staged: Path, folder: Path) -> None:
    problems: list[Any] = survey(staged).problems
    if problems:
        raise InputError(
            evolve(
                problem,
                at=evolve(problem.at, file=problem.at.file.replace(str(staged), str(folder))),
                fact=problem.fact.replace(str(staged), str(folder)),
            )
            for problem in problems
        )
