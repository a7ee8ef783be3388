"""A situation's folder begun: a commented one to be written over, or a copy of another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from situation.errors import Fault, SituationError
from situation.runs.finding import SITUATIONS_FOLDER, find_situation, packaged_situations
from situation.runs.folder import PARTIAL
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_folder
from situation.testimony.disk.reading import read_file, why_none
from situation.testimony.disk.steps import disk
from situation.testimony.ids import check_folder_id
from situation.testimony.mapkeys import is_situation

__all__ = ["begin", "write_situation"]

_BLANK = "SITUATION_NAME"


def begin(name: str, example: str | None = None) -> Path:
    """Begin a situation: its folder appears whole or not at all, and nothing is written over.

    Args:
        name: its id, and the name of its folder under `scenarios/`.
        example: the situation to copy, a folder or a name; None: a small invented one, with comments.

    Returns:
        The new folder.

    Raises:
        Fault: the name cannot be an id, something of that name is here, or there is nothing to copy.
    """
    check_folder_id(name)
    if name.startswith("-"):
        raise Fault(f"'{name}' cannot be an id.", "Begin it with a letter.")
    if name in packaged_situations() and example is None:
        advice = "Name it otherwise, or copy the example under its own name."
        raise Fault(f"'{name}' is the name of an example.", advice)
    target = SITUATIONS_FOLDER / name
    if target.exists() or target.is_symlink():
        raise Fault(f"{target}: Something is here already.", "Give the new situation another name.")
    write_situation(target, _blank(name) if example is None else _copy(find_situation(example), name))
    return target


def write_situation(target: Path, content: Mapping[str, bytes]) -> None:
    """Write a situation's folder whole, or leave everything as it was.

    Args:
        target: the folder, which does not exist yet.
        content: from a file's name, perhaps behind that of a folder and a slash, to its bytes.

    Raises:
        Fault: something of that name is there.
        SituationError: it cannot be written.
    """
    made = not target.parent.exists()
    try:
        put_folder(target, content, target.parent / PARTIAL, replaces=False)
    except FileExistsError:
        raise Fault(f"{target}: Something is here already.", "Give the new situation another name.") from None
    except OSError as error:
        raise SituationError(
            f"{target}: The situation cannot be written: {error.strerror}. {advice_for(error)} Nothing of it was left."
        ) from error
    finally:
        if made:
            with suppress(OSError):
                disk().drop(target.parent)


def _blank(name: str) -> dict[str, bytes]:
    folder = files("situation.runs") / "blank"
    return {file.name: file.read_bytes().replace(_BLANK.encode(), name.encode()) for file in folder.iterdir()}


def _copy(folder: Path, name: str) -> dict[str, bytes]:
    """The files of a situation's folder; it and its scenarios bear the new name."""
    if not is_situation(folder):
        odd = "This is no situation's folder." if folder.is_dir() else why_none(folder, "a situation's folder")
        raise Fault(f"{folder}: {odd}", "Name a folder that holds map.yaml and record.yaml.")
    files_there = sorted(path for path in (*folder.iterdir(), *folder.glob("imports/*")) if not path.is_dir())
    content: dict[str, bytes] = {}
    for path in files_there:
        try:
            content[path.relative_to(folder).as_posix()] = read_file(path, folder)
        except Fault as fault:
            raise Fault(f"{path}: {fault.fact}", fault.advice) from None
    for file, text in content.items():
        if file.endswith(".yaml"):
            line = rb"(?m)^situation:[^\n#]*?(?=[ \t]*(?:#|\r?$))"
            content[file] = re.sub(line, f"situation: {name}".encode(), text)
    return content
