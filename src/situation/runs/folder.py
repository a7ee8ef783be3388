"""The places of run folders: where one may be written, what calls that were cut off have left, and broken ones set aside."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from situation.errors import SituationError
from situation.runs.manifest import GONE_OR_CHANGED, MANIFEST, BrokenRun, broken_files, is_run, read_manifest
from situation.runs.replacing import check_own_file, check_replaceable, holds_nothing_else
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import clear, led_to, put_file, remove
from situation.testimony.disk.steps import disk

__all__ = [
    "PARTIAL",
    "Note",
    "check_own",
    "clear_partial",
    "leads_out",
    "no_note",
    "place_of",
    "set_aside",
    "set_aside_unmarked",
    "sound_manifest",
    "write_whole",
]

PARTIAL = ".partial"
"""The folder beside run folders in which they are prepared, and the stories of stopped runs are kept."""
_BROKEN = ".broken"
"""The folder beside run folders to which broken ones are set aside."""
_MOST_BROKEN = 20
"""Broken folders that are kept: what made them is made again, so they are of use to whoever looks for the cause, and soon."""
_CUT_OFF = "An earlier call was cut off while it wrote this. What it had finished is kept; the rest is cleared, and made again."
_OWN_FOLDERS = ("parts", "sweeps", "calibrations", "changed")
"""The folders among the runs in which runs of a kind, and scenarios that were changed, are kept."""
Note = Callable[[str], None]
"""Receives a sentence about what was found and done."""


def no_note(_: str) -> None:
    """Take note of nothing."""


def sound_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder, once every file but the page is what it was.

    Raises:
        Fault: it is no run folder.
        BrokenRun: the manifest or a file is gone or was changed.
    """
    manifest = read_manifest(folder)
    for name in broken_files(folder, manifest):
        raise BrokenRun(folder / name, GONE_OR_CHANGED)
    return manifest


def clear_partial(folder: Path, note: Note) -> None:
    """Clear what calls that were cut off had not finished writing among some run folders."""
    try:
        for name in clear(folder / PARTIAL, folder):
            note(f"{folder / name}: {_CUT_OFF}")
    except OSError as error:
        note(f"{folder / PARTIAL}: What an earlier call left cannot be removed: {error.strerror}. {advice_for(error)}")


def set_aside(folder: Path, why: str, note: Note) -> None:
    """Move a broken run folder out of the way, beside the others.

    Raises:
        SituationError: it cannot be moved.
    """
    home = folder.parent / _BROKEN
    if home.is_symlink():
        raise SituationError(f"{home}: This is a link, where broken runs are to be kept. Remove it.")
    try:
        if not home.is_dir():
            disk().make(home)
        number, aside = 1, home / folder.name
        while os.path.lexists(aside):
            number, aside = number + 1, home / f"{folder.name}-{number + 1}"
        disk().rename(folder, aside)
        gone = _without_oldest(home, aside)
    except FileNotFoundError:  # another process has set it aside
        return
    except OSError as error:
        raise SituationError(
            f"{folder}: The folder is broken, and cannot be set aside: {error.strerror}. {advice_for(error)}"
        ) from error
    note(f"{why} The folder is set aside as {aside}, and made anew.")
    if gone:
        note(f"{home}: The last {_MOST_BROKEN} that were set aside are kept; removed: {', '.join(gone)}.")


def _without_oldest(home: Path, aside: Path) -> list[str]:
    """Remove the folders that were set aside first, where there are too many; their names.

    One in which somebody put something of their own stays.
    """

    def since(path: Path) -> tuple[int, str]:
        return os.lstat(path).st_ctime_ns, path.name  # a folder that is moved keeps its other times

    others = sorted((path for path in home.iterdir() if path != aside and holds_nothing_else(path)), key=since)
    gone = others[: max(0, len(others) + 1 - _MOST_BROKEN)]
    for path in gone:
        remove(path)
    return [path.name for path in gone]


def leads_out(path: Path) -> bool:
    """Whether a path is a link that leads out of the folder in which it lies."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent))


def place_of(out: Path | None, folder: Path, name: str, note: Note, identity: Mapping[str, Any]) -> tuple[Path, Path]:
    """Where a run is written, and what that leads to where it is a link.

    A folder that a person named may be a link to anywhere. Among the folders of runs, which may come from somebody else, a
    link that leads out of them is refused; a folder that has lost its manifest is set aside.

    Args:
        out: the folder that a person named; None: one of this name among the others.
        folder, name: the folder of runs, and the name.
        note: is told of what is set aside.
        identity: the kind and digest of what is written.

    Raises:
        SituationError: a link leads out of the folder of runs, or something else stands where `out` leads.
    """
    target = out or folder / name
    if out is None:
        check_own(target)
        set_aside_unmarked(target, note)
    else:
        check_replaceable(led_to(target), identity)
    return target, led_to(target)


def check_own(target: Path) -> None:
    """Check that no link among the folders of runs leads out of them, where one of its own is to be written.

    Raises:
        SituationError: one does.
    """
    for path in (*((target.parent,) if target.parent.name in _OWN_FOLDERS else ()), target):
        if leads_out(path):
            fact = "The link leads out of the folder that it lies in."
            raise SituationError(f"{path}: {fact} Remove it, or name another place.")


def set_aside_unmarked(folder: Path, note: Note) -> None:
    """Set a folder aside that bears the name of a run and has lost its manifest.

    Raises:
        SituationError: it cannot be moved.
    """
    if folder.is_dir() and any(folder.iterdir()) and not is_run(folder):
        set_aside(folder, f"{folder / MANIFEST}: The file is gone.", note)


def write_whole(path: Path, content: bytes, what: str, into_new: bool = False) -> None:
    """Put a file in its place whole, or leave everything as it was.

    Args:
        path: the file.
        content: its bytes.
        what: what it is: a page, a brief or a picture.
        into_new: whether its folder is made where it is not there.

    Raises:
        SituationError: it cannot be written; a link is in its place, such as `/dev/stdout`; or a file that is something
            else. Either would be lost.
    """
    if path.is_symlink():
        fact = f"{path}: The {what} cannot be written: a link is there."
        raise SituationError(f"{fact} Name the file that it leads to, or another.", argument="out")
    check_own_file(path, what)
    try:
        if not into_new and not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
        put_file(path, content)
    except OSError as error:
        raise SituationError(
            f"{path}: The {what} cannot be written: {error.strerror}. {advice_for(error)}", argument="out"
        ) from error
