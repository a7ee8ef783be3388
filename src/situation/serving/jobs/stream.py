"""Watching a job: Server-Sent Events, the state as it is first, then each change of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from situation.serving.jobs.jobs import Job, Jobs
from situation.serving.pages.job import words_of

__all__ = ["watch"]

QUIET = 15.0
"""Seconds without a change after which the state is sent again, so that nobody between thinks the line dead."""
GAP = 0.2
"""Seconds between two events at least."""


def watch(job: Job, jobs: Jobs, last: str) -> Response:
    """The events of a job.

    A browser that lost its line asks again, and says by `last` which event it saw. It needs none of those between: every
    event holds the whole state, and the first is the state as it is.

    Raises:
        HTTPException: too many watch already.
    """
    if job.ended and last == str(job.turn):
        return Response(status_code=204)  # nothing more will come: do not ask again
    if jobs.watching >= jobs.limits.streams:
        raise HTTPException(429, "Too many pages watch jobs. Close one.")
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(_events(job, jobs), media_type="text/event-stream", headers=headers)


async def _events(job: Job, jobs: Jobs) -> AsyncIterator[bytes]:
    jobs.watching += 1
    try:
        while True:
            changed = job.changed
            yield _event(job)
            if job.ended or jobs.closing:
                return
            try:
                await asyncio.wait_for(changed.wait(), QUIET)
            except TimeoutError:
                continue
            await asyncio.sleep(GAP)
    finally:
        jobs.watching -= 1


def _event(job: Job) -> bytes:
    told = orjson.dumps({**job.answer(), "words": words_of(job)}).decode()
    return f"id: {job.turn}\nevent: {'end' if job.ended else 'progress'}\ndata: {told}\n\n".encode()
