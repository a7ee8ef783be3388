"""Finished chunks of an ensemble on disk: each appears whole or not at all, so that a stopped run can go on.

A chunk is a range of runs, under a seal of its own: one that is torn, was changed, or is of another ensemble or range is
simulated again, to the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import orjson
from attrs import frozen

from situation.ensemble.design import BLOCK
from situation.ensemble.summary import StorySummary
from situation.errors import Fault, SituationError
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_file, remove
from situation.testimony.disk.reading import read_file

__all__ = [
    "ChunkGone",
    "Chunks",
    "chunk_size",
    "row_bytes",
    "rows_in",
    "summaries_in",
    "summaries_of",
    "summary_bytes",
]

_MOST_CHUNKS = 512
"""An ensemble is cut into about this many chunks, and each has at least one block of runs."""
_MOST_RUNS = 512
"""Runs in a chunk at most, whatever the number of chunks: some megabytes while it is simulated or read."""
_SEAL_BYTES = 32
_MOST_BYTES = 1 << 30
"""The most bytes of the runs of a chunk. ASSUMED: some hundred times the largest that is known."""
_ROWS = ("holders", "clashes", "fired", "fates")


class ChunkGone(SituationError):
    """A chunk that was there is gone: another process has come to the end of the same ensemble, and removed it."""


def row_bytes(rows: Sequence[Any]) -> bytes:
    """Rows of plain values, each an instance of one attrs class, as bytes, in which they are kept and travel: by columns."""
    names = [it.name for it in attrs.fields(type(rows[0]))] if rows else []
    return zlib.compress(orjson.dumps({name: [getattr(row, name) for row in rows] for name in names}), 6)


def summary_bytes(summaries: Sequence[StorySummary]) -> bytes:
    """Some runs as bytes, in which they are kept and travel."""
    return row_bytes(summaries)


def rows_in(content: bytes) -> list[dict[str, Any]]:
    """The rows that `row_bytes` has written, each as its fields; of bytes that somebody else wrote, any value.

    Raises:
        ValueError: they are none, columns of more than one length, or come to more than any chunk does.
    """
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(content, _MOST_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError(f"more than {_MOST_BYTES:,} bytes, or torn")
    columns = orjson.loads(text)
    if not isinstance(columns, dict) or not all(isinstance(column, list) for column in columns.values()):
        raise ValueError("no columns")
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def summaries_in(content: bytes) -> list[StorySummary]:
    """The runs that `summary_bytes` has written."""
    return summaries_of(rows_in(content))


def summaries_of(rows: list[dict[str, Any]]) -> list[StorySummary]:
    """Runs as plain values have them."""
    summaries = []
    for row in rows:
        for name in _ROWS:
            row[name] = [tuple(item) for item in row[name]]
        summaries.append(StorySummary(**row))
    return summaries


def chunk_size(runs: int) -> int:
    """Runs in a chunk: whole blocks, more of them in a long ensemble. It does not depend on the number of workers."""
    return min(_MOST_RUNS, BLOCK * max(1, runs // (_MOST_CHUNKS * BLOCK)))


@frozen
class Chunks:
    """The chunks of one ensemble, or of a range of its runs, in a folder of their own.

    Args:
        folder: the folder.
        runs: the number after that of the last run: of a whole ensemble, how many runs it has.
        digest: of the ensemble, or of the part of it.
        first: the number of the first run.
        lasting: whether the folder is there for another call.
    """

    folder: Path
    runs: int
    digest: str = ""
    first: int = 0
    lasting: bool = True

    @property
    def count(self) -> int:
        """How many runs there are."""
        return self.runs - self.first

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Every chunk as its first run and the run after its last."""
        size = chunk_size(self.count)
        for start in range(self.first, self.runs, size):
            yield start, min(self.runs, start + size)

    def missing(self) -> list[tuple[int, int]]:
        """The chunks that are still to be simulated: those that are not there, or not as they were written."""
        return [span for span in self.ranges() if self.body(*span) is None]

    def kept(self) -> int:
        """How many runs need not be simulated any more."""
        return self.count - sum(stop - start for start, stop in self.missing())

    def write(self, start: int, stop: int, body: bytes) -> None:
        """Write a chunk, whose runs are as `summary_bytes` makes them.

        Raises:
            SituationError: it cannot be written; nothing half written stays, and the chunks before it are kept.
        """
        try:
            put_file(self._path(start, stop), self._seal(start, stop, body) + body, lasting=False, own=True)
        except OSError as error:
            kept = self.kept()
            earlier = f" {kept} simulated before {'is' if kept == 1 else 'are'} kept." if kept else ""
            raise SituationError(
                f"{self.folder}: Stories cannot be kept: {error.strerror}.{earlier} {advice_for(error)}"
            ) from error

    def body(self, start: int, stop: int) -> bytes | None:
        """The runs of a chunk, as `summary_bytes` makes them; None where it is not there, or not as it was written."""
        try:
            content = read_file(self._path(start, stop), self.folder)
        except Fault:
            return None
        body = content[_SEAL_BYTES:]
        return body if content[:_SEAL_BYTES] == self._seal(start, stop, body) else None

    def bodies(self) -> Iterator[tuple[int, int, bytes]]:
        """Every chunk: its first run, the run after its last, and its runs, as `summary_bytes` makes them.

        Raises:
            ChunkGone: a chunk is not there, or not as it was written.
        """
        for start, stop in self.ranges():
            yield start, stop, self._sound_body(start, stop)

    def read(self) -> Iterator[StorySummary]:
        """Every run in order of its number.

        Raises:
            ChunkGone: a chunk is not there, or not as it was written.
        """
        for span in self.ranges():
            yield from self.stories(*span)

    def stories(self, start: int, stop: int) -> list[StorySummary]:
        """The runs of a chunk.

        Raises:
            ChunkGone: it is not there, or not as it was written.
        """
        return summaries_in(self._sound_body(start, stop))

    def actors(self, start: int, stop: int) -> set[str]:
        """All whose men are counted in the runs of a chunk; errors as for `stories`."""
        return {actor for row in rows_in(self._sound_body(start, stop)) for actor in row["strengths"]}

    def remove(self) -> None:
        """Remove the chunks, once their results are kept elsewhere.

        Raises:
            OSError: they cannot be removed.
        """
        remove(self.folder)

    def _sound_body(self, start: int, stop: int) -> bytes:
        body = self.body(start, stop)
        if body is None:
            raise ChunkGone(f"{self._path(start, stop)}: The file is gone. Give the same command again.")
        return body

    def _path(self, start: int, stop: int) -> Path:
        return self.folder / f"{start:09d}-{stop:09d}.chunk"

    def _seal(self, start: int, stop: int, body: bytes) -> bytes:
        return hashlib.sha256(f"{self.digest} {self.runs} {start} {stop} ".encode() + body).digest()
