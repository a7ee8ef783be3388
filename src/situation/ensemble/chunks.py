"""Finished chunks of an ensemble on disk: each appears whole or not at all, so that a stopped run can go on.

A chunk is a range of runs. It is written under a temporary name and then renamed; one that was half written when the
work stopped is simulated again, to the same bytes.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import attrs
import orjson
from attrs import frozen

from situation.ensemble.design import BLOCK
from situation.ensemble.summary import StorySummary
from situation.errors import SituationError

__all__ = ["Chunks", "chunk_size"]

_MOST_CHUNKS = 512
"""An ensemble is cut into about this many chunks at most, and each has at least one block of runs."""


def chunk_size(runs: int) -> int:
    """Runs in a chunk: whole blocks, more of them in a long ensemble. It does not depend on the number of workers."""
    return BLOCK * max(1, runs // (_MOST_CHUNKS * BLOCK))


@frozen
class Chunks:
    """The chunks of one ensemble, in a folder of their own."""

    folder: Path
    runs: int

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Every chunk as its first run and the run after its last."""
        size = chunk_size(self.runs)
        for start in range(0, self.runs, size):
            yield start, min(self.runs, start + size)

    def missing(self) -> list[tuple[int, int]]:
        """The chunks that are still to be simulated. One that cannot be read is removed, and counts among them."""
        missing = []
        for start, stop in self.ranges():
            path = self._path(start, stop)
            if path.exists() and not _is_sound(path):
                path.unlink()
            if not path.exists():
                missing.append((start, stop))
        return missing

    def write(self, start: int, stop: int, summaries: list[StorySummary]) -> None:
        """Write a chunk.

        Raises:
            SituationError: it cannot be written; nothing half written stays, and the chunks before it are kept.
        """
        path = self._path(start, stop)
        partial = path.with_suffix(f".{os.getpid()}.tmp")
        rows = [attrs.asdict(row) for row in summaries]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(zlib.compress(orjson.dumps(rows), 6))
            partial.rename(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise SituationError(
                f"{self.folder}: Stories cannot be kept: {error.strerror}. "
                "Those before them are: make room and give the same command again to go on."
            ) from error

    def read(self) -> Iterator[StorySummary]:
        """Every run in order of its number; all chunks must be there."""
        for start, stop in self.ranges():
            for row in orjson.loads(zlib.decompress(self._path(start, stop).read_bytes())):
                for name in ("holders", "clashes", "fired", "fates"):
                    row[name] = [tuple(item) for item in row[name]]
                yield StorySummary(**row)

    def remove(self) -> None:
        """Remove the chunks, once their results are kept elsewhere."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, start: int, stop: int) -> Path:
        return self.folder / f"{start:09d}-{stop:09d}.chunk"


def _is_sound(path: Path) -> bool:
    """Whether a chunk can be read: its own checksum holds."""
    try:
        zlib.decompress(path.read_bytes())
    except zlib.error:
        return False
    return True
