"""The server itself: a socket that it listens on, where to open it, and an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

import attrs
import uvicorn

from situation.errors import SituationError
from situation.serving.application import application
from situation.serving.jobs import Jobs
from situation.serving.setting import Setting

__all__ = ["address", "listening", "serve"]

PATIENCE = 3
"""Seconds that an open connection is given when the server is stopped."""


class _Server(uvicorn.Server):
    """A server that ends its jobs, and with them the lines on which they are watched, before it closes the others."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self.jobs = jobs

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        await self.jobs.close()
        await super().shutdown(sockets)


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
    )
    server = _Server(config, jobs)
    tell(address(setting))
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it once more when all is closed
        asyncio.run(server.serve(sockets=[here]))
