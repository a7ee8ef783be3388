"""The server itself: a socket that it listens on, where to open it, and an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

import attrs
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from situation.errors import SituationError
from situation.serving.application import application
from situation.serving.jobs.jobs import Jobs
from situation.serving.settings import Setting

__all__ = ["address", "listening", "serve"]

PATIENCE = 3
"""Seconds that an open connection is given when the server is stopped."""
HEADERS = 32 * 1024
"""Bytes of a request before what is sent with it."""


class _Server(uvicorn.Server):
    """A server that ends its jobs, and with them the lines on which they are watched, before it closes the others."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self.jobs = jobs

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        await self.jobs.close()
        await super().shutdown(sockets)


def _line(patience: float) -> type[H11Protocol]:
    """A connection that is closed where a request has begun and not come in time. uvicorn itself would wait for ever."""

    class Line(H11Protocol):
        late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Begin to wait for the first request."""
            super().connection_made(transport)
            self.late = self.loop.call_later(patience, transport.close)

        def data_received(self, data: bytes) -> None:
            """Take in some of a request: all that comes before what is sent with it, or not yet all."""
            before = self.scope
            super().data_received(data)
            if self.scope is not before:
                self._in_time()
            elif self.late is None and self.cycle.response_complete:
                self.late = self.loop.call_later(patience, self.transport.close)

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait no longer."""
            self._in_time()
            super().connection_lost(exc)

        def _in_time(self) -> None:
            if self.late is not None:
                self.late.cancel()
                self.late = None

    return Line


@contextlib.contextmanager
def _ended_alike() -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does. uvicorn sends both signals once more when all is closed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def listening(setting: Setting) -> socket.socket:
    """A socket that listens where the setting says.

    Raises:
        SituationError: that cannot be had.
    """
    host = setting.host.strip("[]")
    with contextlib.ExitStack() as until:
        try:
            family = socket.getaddrinfo(host, setting.port, type=socket.SOCK_STREAM)[0][0]
            found = until.enter_context(socket.socket(family, socket.SOCK_STREAM))
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, setting.port))
            found.listen(128)
        except OSError as error:
            words = f"{setting.host}, port {setting.port}: Nothing can listen there: {error.strerror}."
            raise SituationError(f"{words} Give another --port, or 0 for any that is free.") from error
        until.pop_all()  # it listens: it is not to be closed here
    return found


def address(setting: Setting) -> str:
    """Where the server is to be opened. It does not tell the token, which may stand in the terminal's log."""
    host = setting.host.strip("[]")
    if host in ("0.0.0.0", "::"):
        host = setting.names[0] if setting.names else socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{setting.port}/"


def serve(setting: Setting, tell: Callable[[str], None]) -> None:
    """Serve until somebody stops it.

    Args:
        setting: what is served, where and to whom.
        tell: takes in where to open it.

    Raises:
        SituationError: nothing can listen there.
    """
    here = listening(setting)
    setting = attrs.evolve(setting, port=here.getsockname()[1])
    jobs = Jobs(setting.limits)
    config = uvicorn.Config(
        application(setting, jobs),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
        http=_line(setting.limits.patience),
        limit_concurrency=setting.limits.lines,
        h11_max_incomplete_event_size=HEADERS,
    )
    server = _Server(config, jobs)
    with _ended_alike():
        tell(address(setting))
        asyncio.run(server.serve(sockets=[here]))
