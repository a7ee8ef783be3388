"""Files that people name: each is a regular file of bounded size, and what a situation names lies in the situation's folder.

A file is opened first and looked at afterwards, so that nothing can be put in its place between the two; it is opened in a
way that does not wait for the other end of a pipe.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from situation.errors import Fault
from situation.testimony.disk.advice import advice_for

__all__ = ["check_file_name", "most_bytes", "read_file", "what_lies_at", "why_none"]

_MOST_TEXT: Final = 64 << 20
"""The most bytes of a file that is written by hand. ASSUMED: a thousand times the largest one that is known."""
_MOST_ROWS: Final = 1 << 30
"""The most bytes of a file of rows. ASSUMED: three times the largest export of events that is known, of some 350 MB."""
_ROWS: Final = frozenset({".jsonl", ".csv", ".tsv", ".txt"})

_NO_SIGNS: Final = frozenset({"Cc", "Zl", "Zp"})
"""The kinds of characters that no file's name holds: control characters, and ends of lines."""

_KINDS: Final[Mapping[Callable[[int], bool], str]] = {
    stat.S_ISREG: "a file",
    stat.S_ISDIR: "a folder",
    stat.S_ISFIFO: "a pipe",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISSOCK: "a socket",
}


def most_bytes(path: Path) -> int:
    """The most bytes that are read of a file, by its ending."""
    return _MOST_ROWS if path.suffix.lower() in _ROWS else _MOST_TEXT


def check_file_name(name: str) -> None:
    """Check that a name is one of a file in a folder, perhaps behind those of folders and slashes: it leads nowhere else.

    Raises:
        Fault: it leads out of the folder, or is no name, or would not show as one line.
    """
    if "\\" in name or any(part in ("", ".", "..") for part in name.split("/")):
        raise Fault(f"'{name}' is no name of a file in its folder.", "Name one that lies in it.")
    if any(unicodedata.category(sign) in _NO_SIGNS for sign in name):
        raise Fault(f"'{name}' holds the end of a line, or a control character.", "Name a file without.")


def read_file(path: Path, inside: Path | None = None) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.
        inside: the folder that it must lie in, also by way of links; None: anywhere, since a person named it.

    Raises:
        Fault: it is missing, no regular file, too large, leads out of its folder, or cannot be read.
    """
    try:
        return _read(path, inside)
    except Fault:
        raise
    except FileNotFoundError:
        raise Fault("There is no such file.", "Check the name, or make the file.") from None
    except IsADirectoryError:
        raise Fault("This is a folder, not a file.", "Name the file in it.") from None
    except PermissionError as error:
        raise Fault(f"The file cannot be read: {error.strerror}.", "Check its permissions.") from error
    except OSError as error:
        raise Fault(f"The file cannot be read: {error.strerror}.", advice_for(error)) from error
    except ValueError as error:
        raise Fault("No file can have this name: one of its characters is not text.", "Name it otherwise.") from error


def _read(path: Path, inside: Path | None) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    _check_kind(os.stat(path).st_mode)  # opening some devices does something
    with open(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        _check_kind(status.st_mode)
        if inside is not None:
            home, there = inside.resolve(), path.resolve()
            if not there.is_relative_to(home) or not os.path.samestat(status, os.stat(there)):
                raise Fault("The file leads out of its folder.", "Copy what it leads to into the folder.")
        most = most_bytes(path)
        content = file.read(most + 1) if status.st_size <= most else b""
        if content is None:
            raise Fault("The file gives nothing until somebody writes to it.", "Name a file that is whole.")
        if status.st_size > most or len(content) > most:
            size = max(status.st_size, len(content))
            raise Fault(f"The file has {size:,} bytes, and no more than {most:,} are read.", "Split it.")
        return content


def _check_kind(mode: int) -> None:
    kind = _kind(mode)
    if kind != "a file":
        raise Fault(f"This is {kind}, not a file.", "Name the file in it." if kind == "a folder" else "Name a file.")


def _kind(mode: int) -> str:
    return next((kind for is_kind, kind in _KINDS.items() if is_kind(mode)), "a thing of the system's own")


def what_lies_at(path: Path) -> str:
    """What lies at a path, such as `a pipe` or `a link that leads nowhere`; empty where nothing does. It is not opened.

    Raises:
        OSError: it cannot be told, as where no permission is given.
    """
    try:
        link = stat.S_ISLNK(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return ""
    try:
        return _kind(os.stat(path).st_mode)
    except OSError as error:
        if not link or isinstance(error, PermissionError):
            raise
        return "a link that leads back to itself" if error.errno == errno.ELOOP else "a link that leads nowhere"


def why_none(path: Path, wanted: str) -> str:
    """Why a path is none of what is wanted there: `This is a pipe, not a situation's folder.`; empty where nothing lies there."""
    there = what_lies_at(path)
    return f"This is {there}, not {wanted}." if there else ""
