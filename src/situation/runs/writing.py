"""Run folders written: they appear whole or not at all, and a broken one is set aside, never written over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

from situation.errors import SituationError
from situation.runs.folder import PARTIAL, Note, clear_partial, no_note, set_aside, sound_manifest
from situation.runs.manifest import (
    MANIFEST,
    PAGE,
    BrokenRun,
    broken_files,
    file_rows,
    is_run,
    manifest_of,
    read_manifest,
)
from situation.runs.replacing import check_target
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.pieces import PieceFile
from situation.testimony.disk.places import led_to, prepared, put_folder, put_in_place
from situation.testimony.disk.steps import disk

__all__ = ["Fill", "NewRun", "make_run", "replace_page", "write_run"]

_TRIES = 5
"""How often a folder is read again that another process replaces meanwhile."""
_PIECE = 1 << 20
"""Bytes that are copied at once."""


@define
class NewRun:
    """A run folder that is being prepared, file by file; none of them need be in memory whole.

    Args:
        folder: where it is prepared; it is made.
        rows: the size and digest of each file written so far.
    """

    folder: Path
    rows: dict[str, dict[str, Any]] = field(factory=dict)
    _folders: set[Path] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self._make(self.folder)

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        disk().write(self._path(name), content, True)
        self.rows |= file_rows({name: content})

    @contextmanager
    def pieces(self, name: str) -> Iterator[PieceFile]:
        """Write a file piece by piece."""
        file = PieceFile(self._path(name))
        try:
            yield file
        except BaseException:
            file.abandon()
            raise
        file.finish()
        self.rows[name] = {"bytes": file.size, "sha256": file.sha256}

    def finish(self, manifest: bytes) -> None:
        """Write the manifest, and have all of the folder last."""
        self.write(MANIFEST, manifest)
        for folder in sorted(self._folders, reverse=True):
            disk().sync(folder)

    def _path(self, name: str) -> Path:
        path = self.folder / name
        for parent in reversed(path.parents):
            if parent.is_relative_to(self.folder) and parent not in self._folders:
                self._make(parent)
        return path

    def _make(self, folder: Path) -> None:
        disk().make(folder)
        self._folders.add(folder)


Fill = Callable[[NewRun], Mapping[str, Any]]
"""Writes every file of a run folder but the manifest, and returns what the run is, as the manifest says it."""


def make_run(target: Path, fill: Fill, note: Note = no_note) -> Path:
    """Write a run folder file by file, so that it appears whole, or leave everything as it was; as `write_run` else."""
    place = led_to(target)
    check_target(place)
    clear_partial(place.parent, note)
    try:
        with prepared(place, place.parent / PARTIAL) as folder:
            new = NewRun(folder)
            identity = fill(new)
            manifest = manifest_of(identity, new.rows)
            new.finish(manifest)
            if not _is_there(place, manifest):
                _check_replaceable(place, note)
                put_in_place(folder, place, replaces=True)
    except OSError as error:
        raise _unwritten(target, error) from error
    return target


def write_run(target: Path, files: Mapping[str, bytes], note: Note = no_note) -> Path:
    """Write a run folder whole, or leave everything as it was.

    A run folder of the same content is left alone; another run's folder is replaced in one step; a broken one is set aside.

    Args:
        target: the folder; where it is a link, what it leads to.
        files: from a name to its bytes, the manifest among them.
        note: is told of a broken run, and of what was left by a call that was cut off.

    Raises:
        SituationError: the target is a file or holds something that is no run, or it cannot be written.
    """
    place = led_to(target)
    check_target(place)
    clear_partial(place.parent, note)
    if _same(place, files):
        return target
    _check_replaceable(place, note)
    try:
        put_folder(place, files, place.parent / PARTIAL, replaces=True)
    except OSError as error:
        raise _unwritten(target, error) from error
    return target


def _unwritten(target: Path, error: OSError) -> SituationError:
    return SituationError(f"{target}: The run cannot be written: {error.strerror}. {advice_for(error)}")


def _same(target: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files; others that somebody put beside them are no part of the run."""
    try:
        whole = all(not (target / name).is_symlink() and (target / name).is_file() for name in files)
        return whole and all((target / name).read_bytes() == content for name, content in files.items())
    except OSError:
        return False


def _is_there(place: Path, manifest: bytes) -> bool:
    """Whether a folder holds the run of a manifest, and every file of it is what it was."""
    try:
        same = not (place / MANIFEST).is_symlink() and (place / MANIFEST).read_bytes() == manifest
        return same and not broken_files(place, read_manifest(place), page=True)
    except (OSError, SituationError):
        return False


def _check_replaceable(place: Path, note: Note) -> None:
    """Set a broken run aside, and check of a whole one that nothing goes with it that is no part of it.

    Raises:
        SituationError: something would.
    """
    if is_run(place):
        try:
            _check_its_own(place, sound_manifest(place))
        except BrokenRun as broken:
            set_aside(place, f"{broken.file}: {broken.fact}", note)


def _check_its_own(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Check that a run's folder holds nothing but the run, so that nothing else goes when another takes its place.

    Raises:
        SituationError: it does.
    """
    names = {MANIFEST, *manifest["files"]}
    own = names | {parent.as_posix() for name in names for parent in Path(name).parents}
    try:
        others = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    except FileNotFoundError:  # another process is replacing it
        return
    if other := next((name for name in others if name not in own), None):
        raise SituationError(
            f"{folder / other}: This is no part of the run, and would go with it when another takes its place. "
            "Move it elsewhere, or write the run to another folder."
        )


def replace_page(folder: Path, page: bytes, manifest: Mapping[str, Any]) -> None:
    """Replace the page of a run folder, and enter it in the manifest, in one step; all else in the folder stays.

    Raises:
        BrokenRun: another file is gone or was changed.
        SituationError: it cannot be written.
    """
    identity = {name: value for name, value in manifest.items() if name not in ("files", "seal")}
    rows = {**manifest["files"], **file_rows({PAGE: page})}
    try:
        for attempt in range(_TRIES):
            with prepared(folder, folder.parent / PARTIAL) as copy:
                new = NewRun(copy)
                try:
                    _copy_others(folder, new)
                except FileNotFoundError:  # another process replaces the folder
                    if attempt == _TRIES - 1:
                        raise
                    continue
                if all(new.rows.get(name) == row for name, row in rows.items() if name != PAGE):
                    new.write(PAGE, page)
                    new.finish(manifest_of(identity, rows))
                    put_in_place(copy, folder, replaces=True)
                    return
        sound_manifest(folder)
    except OSError as error:
        raise SituationError(
            f"{folder / PAGE}: The page cannot be written: {error.strerror}. {advice_for(error)}"
        ) from error
    raise SituationError(f"{folder}: Another process keeps replacing this run. Give the same command again.")


def _copy_others(folder: Path, new: NewRun) -> None:
    """Copy all in a run folder but its page and manifest.

    Raises:
        FileNotFoundError: a file is gone meanwhile.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in (PAGE, MANIFEST):
            continue
        with path.open("rb") as file, new.pieces(name) as copy:
            while piece := file.read(_PIECE):
                copy.write(piece)
