"""A file written piece by piece, by the steps of the disk: what is longer than memory should hold at once."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from situation.testimony.disk.steps import disk

__all__ = ["PieceFile"]

_PIECE = 1 << 20
"""Bytes that are written at once."""


class PieceFile(io.RawIOBase):
    """A file that is not there yet, and is written from its beginning to its end. It lasts once it is closed.

    Attributes:
        size: bytes written so far.
        sha256: their digest, once it is closed.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self._disk = path, disk()
        self._waiting: list[bytes] = []
        self._bytes_waiting, self._abandoned = 0, False
        self._digest = hashlib.sha256()
        self.size = 0
        self._disk.write(path, b"", False)

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte goes."""
        return self.size

    def write(self, content: Any) -> int:
        """Write some bytes behind those before."""
        piece = bytes(content)
        if self._abandoned:
            return len(piece)
        self._digest.update(piece)
        self._waiting.append(piece)
        self._bytes_waiting += len(piece)
        self.size += len(piece)
        if self._bytes_waiting >= _PIECE:
            self._append()
        return len(piece)

    def finish(self) -> None:
        """Write what is left, and bring it to the disk."""
        if self._waiting:
            self._append()
        self._disk.flush(self._path)
        self.close()

    def abandon(self) -> None:
        """Write nothing any more: what was written is removed by whoever made its folder."""
        self._abandoned = True

    def _append(self) -> None:
        content, self._waiting, self._bytes_waiting = b"".join(self._waiting), [], 0
        self._disk.append(self._path, content)
