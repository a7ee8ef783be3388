"""The steps by which anything is written. A test may put a disk of its own in the place of this one."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["CAN_HOLD", "REPLACED", "Disk", "disk", "hold_folder", "using"]

REPLACED = ".replaced"
"""What the name of a folder ends with that is away while another takes its place."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2."""
_HERE = -100
"""AT_FDCWD."""


CAN_HOLD = sys.platform != "win32"
"""Whether folders can be held on this system. Where not, rooms that were left stay, and imports do not wait for each other."""


class Disk:
    """The steps. Each happens as a whole or not at all, but for `write` and `append`, of which only a part may happen."""

    def make(self, folder: Path) -> None:
        """Make a folder that is not there."""
        os.mkdir(folder)

    def write(self, path: Path, content: bytes, lasting: bool) -> None:
        """Make a file that is not there; `lasting`: it outlives a loss of power."""
        with open(path, "xb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())

    def append(self, path: Path, content: bytes) -> None:
        """Add to the end of a file that is being prepared."""
        with open(path, "r+b") as file:
            file.seek(0, os.SEEK_END)
            file.write(content)

    def flush(self, path: Path) -> None:
        """Have what was added to a file outlive a loss of power."""
        with open(path, "r+b") as file:
            os.fsync(file.fileno())

    def sync(self, folder: Path) -> None:
        """Have the names in a folder outlive a loss of power."""
        if sys.platform != "win32":
            with _opened(folder) as number:
                os.fsync(number)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name; a file or an empty folder of that name is replaced."""
        os.replace(old, new)

    def swap(self, one: Path, other: Path) -> None:
        """Exchange two folders. Where the system cannot, the other is away for a moment, and `clear` puts it back."""
        if not _exchanged(one, other):
            away = one.with_name(f"{other.name}{REPLACED}")
            os.rename(other, away)
            os.rename(one, other)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        os.unlink(path)

    def drop(self, folder: Path) -> None:
        """Remove an empty folder."""
        os.rmdir(folder)


_CURRENT: ContextVar[Disk] = ContextVar("disk", default=Disk())  # noqa: B039  # it has no state


@contextmanager
def using(disk: Disk) -> Iterator[None]:
    """Have all that is written go by way of another disk."""
    token = _CURRENT.set(disk)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    number = os.open(folder, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def disk() -> Disk:
    """The disk that is written to."""
    return _CURRENT.get()


@contextmanager
def hold_folder(folder: Path) -> Iterator[bool]:
    """Hold a folder until the end; whether it could be held, which no two processes can at once."""
    if sys.platform == "win32":
        yield False
        return
    try:
        number = os.open(folder, os.O_RDONLY | os.O_NONBLOCK)  # a pipe in its place keeps nobody waiting
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENXIO):
            raise
        yield False  # nothing is there, or a socket
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held = folder.exists() and os.path.samestat(os.fstat(number), os.stat(folder))
    except OSError:  # another process holds it, or has just removed it
        held = False
    try:
        yield held
    finally:
        os.close(number)
