"""The server itself: its socket, its address, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator

import attrs
import uvicorn

from situation.errors import SituationError
from situation.serving.application import application
from situation.serving.jobs.jobs import Jobs
from situation.serving.lines import line_within, lines_that_fit
from situation.serving.settings import Settings

__all__ = ["open_socket", "run_server", "server_address"]

_CLOSING_SECONDS = 3
"""An open connection is given so long when the server stops."""
_ACCEPTED_AT_ONCE = 8
_WAITING_LINES = 1024
"""Connections that wait to be accepted."""
_BELIEVED = "FORWARDED_ALLOW_IPS"
"""The variable that names the machines which are believed in whom they ask for."""


class _Server(uvicorn.Server):
    """A server that ends its jobs, and so the connections that watch them, before it closes the others."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self.jobs = jobs

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen. Few are accepted at once, so that each finds its place before the next; many may wait for it."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(_WAITING_LINES)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        await self.jobs.close()
        await super().shutdown(sockets)


@contextlib.contextmanager
def _ended_alike(server: uvicorn.Server) -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does, from the moment that its address is told. uvicorn raises both once more
    when everything is closed."""

    def end(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def open_socket(settings: Settings) -> socket.socket:
    """A socket that listens on the settings' host and port.

    Raises:
        SituationError: nothing can listen there.
    """
    host = settings.host.strip("[]")
    with contextlib.ExitStack() as until:
        try:
            # The protocol is named, for asyncio sends small answers at once (TCP_NODELAY) only where it knows that it is TCP.
            stream, tcp = socket.SOCK_STREAM, socket.IPPROTO_TCP
            family = socket.getaddrinfo(host, settings.port, type=stream, proto=tcp)[0][0]
            listener = until.enter_context(socket.socket(family, stream, tcp))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, settings.port))
            listener.listen(_WAITING_LINES)
        except OSError as error:
            words = f"{settings.host}, port {settings.port}: Nothing can listen there: {error.strerror}."
            raise SituationError(f"{words} Give another port, or 0 for any that is free.", argument="port") from error
        until.pop_all()  # it listens, so it must stay open
    return listener


def server_address(settings: Settings) -> str:
    """The address at which to open the server, without the token."""
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
    limits = attrs.evolve(settings.limits, lines=lines_that_fit(settings.limits.lines))
    settings = attrs.evolve(settings, port=listener.getsockname()[1], limits=limits)
    jobs = Jobs(limits)
    believed = os.environ.get(_BELIEVED, "").strip()
    config = uvicorn.Config(
        application(settings, jobs),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        # Whom to believe in saying who asks: nobody, unless told. Whoever is on this machine could say anything there.
        proxy_headers=bool(believed),
        forwarded_allow_ips=believed,
        timeout_graceful_shutdown=_CLOSING_SECONDS,
        backlog=_ACCEPTED_AT_ONCE,
        http=line_within(limits),
        limit_concurrency=2 * limits.lines,  # with requests that are still being answered, and whose readers have gone
        h11_max_incomplete_event_size=limits.head,
    )
    server = _Server(config, jobs)
    with _ended_alike(server):
        announce(server_address(settings))
        asyncio.run(server.serve(sockets=[listener]))
