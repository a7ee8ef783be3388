"""A run's table as CSV, written as fast as it is taken: it takes the memory of one piece, however long it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from pathlib import Path

from attrs import define
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from situation.errors import Fault, SituationError
from situation.runs.manifest import readable
from situation.runs.parquet import csv_of
from situation.serving.files import LOG
from situation.serving.settings import Limits

__all__ = ["Tables"]


@define(eq=False)
class Tables:
    """The tables that are being written, of which there are so many at once and no more."""

    limits: Limits
    written: int = 0

    async def answer(self, file: Path, headers: dict[str, str]) -> Response:
        """A table as CSV. Its first piece is read before anything is answered, so a table that cannot be read is told.

        Raises:
            HTTPException: it cannot be read, it is too long, or too many are being written.
        """
        if self.written >= self.limits.tables:
            raise HTTPException(429, "Too many tables are being written. Ask again, or take the Parquet file.")
        pieces = csv_of(file, self.limits.values)
        self.written += 1
        try:
            first = await run_in_threadpool(_next, pieces, file)
        except Fault as fault:
            raise HTTPException(413, str(fault)) from None
        except SituationError as error:
            raise HTTPException(422, str(error)) from None
        finally:
            self.written -= 1
        return _Table(self, first, pieces, file, headers)


class _Table(StreamingResponse):
    """The answer with a table. Where the file breaks on the way, so does the connection: half a table is none."""

    def __init__(
        self, tables: Tables, first: bytes, pieces: Generator[bytes], file: Path, headers: dict[str, str]
    ) -> None:
        super().__init__(_following(first, pieces, file), media_type="text/csv", headers=headers)
        self.tables, self.pieces = tables, pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        self.tables.written += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.tables.written -= 1
            self.pieces.close()

    async def stream_response(self, send: Send) -> None:
        """Send its pieces."""
        try:
            await super().stream_response(send)
        except SituationError as error:
            LOG.error(str(error))


async def _following(first: bytes, pieces: Generator[bytes], file: Path) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await run_in_threadpool(_next, pieces, file)


def _next(pieces: Generator[bytes], file: Path) -> bytes:
    """The next piece; empty after the last."""
    with readable(file):
        return next(pieces, b"")
