"""The server itself: its socket, its address, and an orderly end."""

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
from situation.serving.settings import Settings

__all__ = ["open_socket", "run_server", "server_address"]

_CLOSING_SECONDS = 3
"""An open connection is given so long when the server stops."""
_HEADER_BYTES = 32 * 1024
"""The largest head of a request."""


class _Server(uvicorn.Server):
    """A server that ends its jobs, and so the connections that watch them, before it closes the others."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self.jobs = jobs

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        await self.jobs.close()
        await super().shutdown(sockets)


def _line(patience: float) -> type[H11Protocol]:
    """A connection that is closed when a request does not arrive in time. uvicorn itself would wait for ever."""

    class Line(H11Protocol):
        late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Start waiting for the first request."""
            super().connection_made(transport)
            self.late = self.loop.call_later(patience, transport.close)

        def data_received(self, data: bytes) -> None:
            """Read a part of a request; once its head is complete, it is in time."""
            before = self.scope
            super().data_received(data)
            if self.scope is not before:
                self._in_time()
            elif self.late is None and self.cycle.response_complete:
                self.late = self.loop.call_later(patience, self.transport.close)

        def connection_lost(self, exc: Exception | None) -> None:
            """Stop waiting."""
            self._in_time()
            super().connection_lost(exc)

        def _in_time(self) -> None:
            if self.late is not None:
                self.late.cancel()
                self.late = None

    return Line


@contextlib.contextmanager
def _ended_alike() -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does. uvicorn raises both signals once more when everything is closed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def open_socket(settings: Settings) -> socket.socket:
    """A socket that listens on the settings' host and port.

    Raises:
        SituationError: nothing can listen there.
    """
    host = settings.host.strip("[]")
    with contextlib.ExitStack() as until:
        try:
            family = socket.getaddrinfo(host, settings.port, type=socket.SOCK_STREAM)[0][0]
            listener = until.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, settings.port))
            listener.listen(128)
        except OSError as error:
            words = f"{settings.host}, port {settings.port}: Nothing can listen there: {error.strerror}."
            raise SituationError(f"{words} Give another port, or 0 for any that is free.", argument="port") from error
        until.pop_all()  # it listens, so it must stay open
    return listener


def server_address(settings: Settings) -> str:
    """The address at which to open the server. It does not hold the token, which a terminal's log might keep."""
    host = settings.host.strip("[]")
    if host in ("0.0.0.0", "::"):
        host = settings.names[0] if settings.names else socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def run_server(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until somebody stops it.

    Args:
        settings: what is served, where and to whom.
        announce: receives the address.

    Raises:
        SituationError: nothing can listen there.
    """
    listener = open_socket(settings)
    settings = attrs.evolve(settings, port=listener.getsockname()[1])
    jobs = Jobs(settings.limits)
    config = uvicorn.Config(
        application(settings, jobs),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_CLOSING_SECONDS,
        http=_line(settings.limits.patience),
        limit_concurrency=settings.limits.lines,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
    server = _Server(config, jobs)
    with _ended_alike():
        announce(server_address(settings))
        asyncio.run(server.serve(sockets=[listener]))
