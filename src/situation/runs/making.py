"""A run that is read where it is there and whole, and else made of its stories: also after a call that was cut off anywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from situation.ensemble.chunks import ChunkGone, Chunks
from situation.errors import SituationError
from situation.runs.folder import Note, clear_partial, no_note, set_aside
from situation.runs.manifest import BrokenRun, is_run, read_manifest
from situation.runs.replacing import check_target
from situation.runs.writing import Fill, make_run
from situation.testimony.disk.steps import disk

__all__ = ["TRIES", "note_kept", "read_or_make", "remove_kept"]

TRIES = 5
"""How often stories are simulated again that another process has removed, or a run is looked for that another has replaced."""
_Run = TypeVar("_Run")


def read_or_make(
    place: Path,
    chunks: Chunks,
    read: Callable[[Path], _Run],
    tell: Callable[[int], None],
    fill: Fill,
    note: Note,
    says_kept: bool = True,
) -> _Run:
    """Read a run where its folder is there and whole, else simulate its stories, write it, and read it.

    Args:
        place: its folder.
        chunks: its stories, by the run's digest; removed once the folder is written.
        read: reads a folder that is whole.
        tell: simulates the stories that are missing; is given how many are kept.
        fill: writes every file of the folder, made of the stories.
        note: is told of what was found broken or unfinished, and what was done about it.
        says_kept: whether stories that are there come from a call that was stopped, of which a note is due.

    Raises:
        SituationError: it cannot be written, or the folder holds something else.
    """
    check_target(place)
    clear_partial(place.parent, note)
    for attempt in range(TRIES):
        try:
            if is_run(place) and read_manifest(place)["digest"] == chunks.digest:
                run = read(place)
                remove_kept(chunks, note)
                return run
        except BrokenRun as broken:
            set_aside(place, f"{broken.file}: {broken.fact}", note)
        kept = note_kept(place, chunks, note if says_kept and not attempt else no_note)
        try:
            tell(kept)
            make_run(place, fill, note)
        except ChunkGone:  # another process has come to the end of the same run, and removed them
            continue
    raise SituationError(f"{place}: Another process keeps removing these stories. Give the same command again.")


def note_kept(place: Path, chunks: Chunks, note: Note) -> int:
    """Tell how many stories of a run are kept from a call that was stopped, where any are.

    Returns: how many.
    """
    kept = chunks.kept()
    if kept:
        note(f"{place}: {kept} of {chunks.count} stories are kept from a call that was stopped. It goes on there.")
    return kept


def remove_kept(chunks: Chunks, note: Note) -> None:
    """Remove the chunks of a run that is written, and their home where nothing else is in it."""
    try:
        chunks.remove()
    except OSError as error:
        note(f"{chunks.folder}: The stories are in the run, and cannot be removed here: {error.strerror}.")
    with suppress(OSError):
        disk().drop(chunks.folder.parent)
