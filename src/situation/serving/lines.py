"""The connections: for how long a reader is waited for, and whose connection goes where there are too many.

uvicorn waits without end for the rest of a request and for whoever takes an answer slowly, and where connections are many
it refuses requests, however many of the connections are idle. Here a connection that waits for its reader has a time of
its own, and one too many closes the one that has waited longest: it may be idle, half a request, or an answer that nobody
takes. Only where each of them waits for the server is the newcomer refused.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, ClassVar, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from situation.serving.settings import Limits

__all__ = ["Line", "line_within", "lines_that_fit"]

_FILES_BESIDE = 128
"""Files and pipes that the server opens beside its connections."""
_FEWEST_LINES = 8

Awaited = Literal["", "next", "head", "rest", "taking"]
"""What a connection waits for its reader to do: nothing, since it waits for the server; to ask again; to send the head of a
request; the rest of it; to take the answer."""


class Line(H11Protocol):
    """A connection."""

    limits: ClassVar[Limits]
    awaited: Awaited = ""
    since: float = 0.0
    """When it began to wait for what is awaited, by the loop's clock."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Await the first request; where there are too many connections, make room."""
        super().connection_made(transport)
        self._look()
        if len(self.connections) > self.limits.lines:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Await the next request."""
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        """Await that somebody takes what is sent."""
        super().pause_writing()
        self._look()

    def resume_writing(self) -> None:
        """Send the rest."""
        super().resume_writing()
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, and answer nothing else; where an answer is under way or out already, end the connection."""
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.abort()
            return
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:  # HEAD has been answered by now: no body belongs to its answer
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection; also where the end of its last answer is never taken."""
        super().timeout_keep_alive_handler()
        self._within(self.limits.taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing any more."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """See what is awaited of the reader now, and give it its time."""
        awaited = self._awaits()
        if awaited == self.awaited or self.transport.is_closing():
            return
        self.awaited, self.since = awaited, self.loop.time()
        # uvicorn itself times what comes next, and the application the rest of a request, to which it has an answer.
        self._within({"head": self.limits.patience, "taking": self.limits.taking}.get(awaited))

    def _awaits(self) -> Awaited:
        cycle: Any = self.cycle  # None before the first request
        if cycle is None or cycle.response_complete:
            return "head" if self.timeout_keep_alive_task is None else "next"
        if self.flow.write_paused:
            return "taking"
        return "rest" if cycle.more_body and not cycle.response_started else ""

    def _within(self, seconds: float | None) -> None:
        """End the connection after so many seconds, unless something else is awaited by then; None: do not."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)

    def _make_room(self) -> None:
        others: list[Any] = [line for line in self.connections if line is not self and not line.transport.is_closing()]
        waiting = [line for line in others if line.awaited]
        if len(others) < self.limits.lines:
            return
        if waiting:
            min(waiting, key=lambda line: line.since).transport.abort()
        else:
            self.limit_concurrency = 0  # so uvicorn answers its request with 503


def line_within(limits: Limits) -> type[Line]:
    """A connection within these limits."""
    return type("LineWithin", (Line,), {"limits": limits})


def lines_that_fit(lines: int) -> int:
    """As many of these connections as the process may have open files for; it asks the system for more if it has too few."""
    try:
        import resource
    except ImportError:  # Windows: it bounds them elsewhere, and higher
        return lines
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = lines + _FILES_BESIDE
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return lines
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return max(_FEWEST_LINES, min(lines, soft - _FILES_BESIDE))
