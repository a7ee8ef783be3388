"""Whole files and whole folders, put in their places.

A file or folder is prepared in a room of its own beside its place, brought to the disk itself (`fsync`), and put in place in
one step. Whoever prepares holds the room; a room that nobody holds was left by a process that was killed, and is cleared.
Several files of one folder are put in place together: they lie in `.pending` from the one step that decides, and are
moved from there by whoever comes next.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from situation.testimony.disk.reading import what_lies_at
from situation.testimony.disk.steps import CAN_HOLD, REPLACED, disk, hold_folder

__all__ = [
    "clear",
    "fill",
    "finish",
    "led_to",
    "prepared",
    "put_file",
    "put_files",
    "put_folder",
    "put_in_place",
    "remove",
    "room",
]

_ROOM = ".situation-"
"""What a room's name begins with; a number follows."""
_PENDING = ".pending"
_OWN = (".partial", _PENDING)
"""The folders in which the program prepares what it writes."""
_TRIES = 100
"""How often a step is tried again that another process came in between of."""


def _check_own(home: Path) -> None:
    """Refuse a folder of the program's own that is a link, or lies behind one: it would be cleared where it leads to.

    Raises:
        OSError: it is one.
    """
    for path in (home, home.parent):
        if path.name in _OWN and any(one.is_symlink() for one in (path, home)):
            raise OSError(errno.ENOTDIR, "A link stands in its place", str(home))


def _make_all(folder: Path) -> None:
    """Make a folder and those that it lies in, where they are not there."""
    missing = [folder, *folder.parents]
    missing = missing[: next(number for number, path in enumerate(missing) if path.exists())]
    for path in reversed(missing):
        with suppress(FileExistsError):
            disk().make(path)


@contextmanager
def room(home: Path, places: Path | None = None) -> Iterator[Path]:
    """A room of one's own in a folder, to prepare something in, removed at the end. The folder is made if it must be.

    Rooms that nobody holds any more are cleared first.

    Args:
        home: the folder.
        places: the folder in which what is prepared there changes places with others; None: nothing does.
    """
    steps = disk()
    clear(home, places)
    for number in range(_TRIES * _TRIES):
        folder = home / f"{_ROOM}{number}"
        try:
            _make_all(home)
            steps.make(folder)
        except (FileExistsError, FileNotFoundError):  # taken, or the home was removed meanwhile
            if lost := next((it for it in (home, *home.parents) if os.path.islink(it) and not it.exists()), None):
                raise OSError(errno.ENOENT, f"The link {lost} leads to nothing", str(home)) from None
            if number > _TRIES and not os.path.lexists(folder):
                raise OSError(errno.EROFS, "Nothing can be made there", str(home)) from None
            continue
        with hold_folder(folder) as held:
            if not held and CAN_HOLD:
                continue
            try:
                yield folder
            finally:
                with suppress(OSError):
                    remove(folder)
        return
    raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), str(home))


def clear(home: Path, places: Path | None = None) -> list[str]:
    """Clear the rooms in a folder that nobody holds.

    Args:
        home: the folder.
        places: the folder to which what was away while another took its place is put back; None: nothing was.

    Returns: the names of what lay in them unfinished.
    """
    _check_own(home)
    left: list[str] = []
    for folder in sorted(home.glob(f"{_ROOM}*")) if home.is_dir() else ():
        with hold_folder(folder) as held:
            if held:
                for path in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
                    if places is not None and path.name.endswith(REPLACED):
                        back = places / path.name.removesuffix(REPLACED)
                        if not os.path.lexists(back):
                            disk().rename(path, back)
                    left.append(path.name)
                remove(folder)
    return left


def remove(path: Path) -> None:
    """Remove a file, or a folder with all in it; what another process has removed meanwhile is left at that."""
    steps = disk()
    try:
        if path.is_dir() and not path.is_symlink():
            for inner in sorted(path.iterdir()):
                remove(inner)
            steps.drop(path)
        else:
            steps.unlink(path)
    except FileNotFoundError:
        return


def led_to(path: Path) -> Path:
    """A path, or what it leads to where it is a link.

    Raises:
        OSError: it leads back to itself.
    """
    there = Path(os.path.realpath(path)) if path.is_symlink() else path
    if there.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return there


def _check_place(path: Path) -> None:
    """Refuse a place in which no file can be put: that of a device, a pipe or a socket, or among those of the system.

    Raises:
        OSError: it is one.
    """
    there = what_lies_at(path) if path.exists() else ""
    if there not in ("", "a file", "a folder"):
        raise OSError(errno.ENODEV, f"{there[0].upper()}{there[1:]} is there", str(path))


def put_file(path: Path, content: bytes, lasting: bool = True, own: bool = False) -> None:
    """Put a file in its place whole, over another of its name, or leave everything as it was.

    Args:
        path, content: the file.
        lasting: whether it outlives a loss of power.
        own: whether the place is among what the program keeps for itself, where it clears away whatever stands in it.

    Raises:
        OSError: it cannot be written, or a device, a pipe or a socket is in its place, which would be lost.
    """
    steps = disk()
    if not own:
        _check_place(path)
    with room(path.parent) as mine:
        steps.write(mine / path.name, content, lasting)
        steps.rename(mine / path.name, path)
        if lasting:
            steps.sync(path.parent)


def put_folder(target: Path, files: Mapping[str, bytes], home: Path, replaces: bool) -> None:
    """Put a folder in its place whole, or leave everything as it was.

    Args:
        target: the folder.
        files: from a file's name, perhaps behind that of a folder and a slash, to its bytes.
        home: the folder in which it is prepared, on the same disk; it is removed again where nothing else is in it.
        replaces: whether a folder of that name is replaced, in one step.

    Raises:
        FileExistsError: a folder of that name is there, and is not replaced.
        OSError: it cannot be written.
    """
    with prepared(target, home) as folder:
        disk().make(folder)
        fill(folder, files)
        put_in_place(folder, target, replaces)


@contextmanager
def prepared(target: Path, home: Path) -> Iterator[Path]:
    """Where a folder is prepared that is to be put in its place: a path in a room of its own, removed at the end.

    Args:
        target: the place.
        home: the folder in which it is prepared, on the same disk; it is removed again where nothing else is in it.
    """
    try:
        with room(home, target.parent) as mine:
            yield mine / target.name
    finally:
        with suppress(OSError):
            disk().drop(home)


def put_in_place(folder: Path, target: Path, replaces: bool) -> None:
    """Put a prepared folder, all of which is lasting, in its place; arguments and errors as for `put_folder`."""
    steps = disk()
    try:
        if not replaces and os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        steps.rename(folder, target)
    except OSError as error:
        if not replaces or error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        steps.swap(folder, target)
    steps.sync(target.parent)


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write some files into a folder that is there, all of them lasting, and have all its names last."""
    steps = disk()
    folders = {folder}
    for name in sorted(files):
        parent = (folder / name).parent
        if parent not in folders:
            _make_all(parent)
            folders.add(parent)
        steps.write(folder / name, files[name], True)
    for made in sorted(folders, reverse=True):
        steps.sync(made)


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put several files in a folder, over others of their names: all of them, or none.

    Raises:
        OSError: they cannot be written. Where that is after the step that decides, they lie in `.pending`, from where
            `finish` moves them.
    """
    steps = disk()
    for _ in range(_TRIES):
        finish(folder)
        with room(folder) as mine:
            steps.make(mine / _PENDING)
            fill(mine / _PENDING, files)
            try:
                steps.rename(mine / _PENDING, folder / _PENDING)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
                continue  # another process was there first
            steps.sync(folder)
        finish(folder)
        return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))


def _files_in(pending: Path) -> list[str]:
    """The regular files in a folder and those under it, by their names in it; no link is followed, and none is one."""
    paths = (Path(home) / name for home, _, names in os.walk(pending) for name in names)
    return sorted(path.relative_to(pending).as_posix() for path in paths if stat.S_ISREG(path.lstat().st_mode))


def finish(folder: Path) -> list[str]:
    """Put in place what `put_files` had decided on in a folder and could not end.

    Returns: the names of the files.

    Raises:
        OSError: one cannot be put in place.
    """
    steps, pending = disk(), folder / _PENDING
    if pending.is_symlink() or not pending.is_dir():
        return []
    names = _files_in(pending)
    home = os.path.realpath(folder)
    for name in names:
        if not Path(os.path.realpath((folder / name).parent)).is_relative_to(home):
            raise OSError(errno.ELOOP, "A link leads out of the folder", str(folder / name))
        _make_all((folder / name).parent)
        with suppress(FileNotFoundError):  # another process has moved it
            steps.rename(pending / name, folder / name)
    for parent in sorted({(folder / name).parent for name in names}):
        steps.sync(parent)
    remove(pending)
    return names
