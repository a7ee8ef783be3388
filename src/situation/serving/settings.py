"""What a server is told when it starts: where its runs lie, to whom it answers, and how much it lets itself be asked."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from attrs import frozen

from situation.errors import Fault

__all__ = ["LEAST_TOKEN", "Limits", "Setting", "is_loopback"]

LEAST_TOKEN = 16
"""Characters in a token: fewer could be guessed."""
USUAL = 200
"""Stories in a job, where nobody says how many: enough to see by, in a minute."""


@frozen
class Limits:
    """What bounds the work. One job runs at a time.

    Args:
        waiting: jobs that may wait.
        stories: stories in one job.
        minutes: how long a job may take.
        body: bytes in what a browser sends.
        kept: finished jobs that are remembered.
        streams: pages that may watch jobs at once.
        changed: changed scenarios that are kept.
        lines: connections at once.
        patience: seconds in which a request has to come, and then what is sent with it.
    """

    waiting: int = 8
    stories: int = 2000
    minutes: float = 60.0
    body: int = 256 * 1024
    kept: int = 50
    streams: int = 32
    changed: int = 500
    lines: int = 128
    patience: float = 10.0

    @property
    def usual(self) -> str:
        """The stories that a form proposes."""
        return str(min(USUAL, self.stories))

    def __attrs_post_init__(self) -> None:
        for name, value in (
            ("--max-queue", self.waiting),
            ("--max-runs", self.stories),
            ("--max-minutes", self.minutes),
        ):
            if not value > 0:
                raise Fault(f"{name}: {value} bounds everything away.", "Give more than 0.")


@frozen
class Setting:
    """One server.

    Args:
        situation: the folder whose scenarios it starts.
        runs: the folder of its run folders.
        host, port: where it listens; port 0: any that is free.
        token: what everybody who asks must show; None: nobody need.
        names: further names by which it may be addressed.
        workers: processes that tell stories.
        limits: how much it lets itself be asked.
    """

    situation: Path
    runs: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    names: tuple[str, ...] = ()
    workers: int = 1
    limits: Limits = Limits()

    def __attrs_post_init__(self) -> None:
        if self.token is not None and len(self.token) < LEAST_TOKEN:
            raise Fault(
                f"--token: {len(self.token)} characters could be guessed.",
                f"Use {LEAST_TOKEN} or more, made at random.",
            )
        if self.token is not None and not _sendable(self.token):
            raise Fault(
                "--token: It holds what a browser or a program cannot send.",
                "Use letters without accents, digits and marks of ASCII, and no space at its ends.",
            )
        if self.token is None and not is_loopback(self.host):
            raise Fault(
                f"--host: {self.host} can be reached from other machines, and no token guards it.",
                "Give --token (or SITUATION_TOKEN), or leave --host out.",
            )
        if not 0 <= self.port <= 65535:
            raise Fault(f"--port: {self.port} is no port.", "Give one of 1 to 65535, or 0 for any that is free.")


def _sendable(token: str) -> bool:
    """Whether a token arrives in a header as it was sent."""
    return token.isascii() and token.isprintable() and token == token.strip()


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which no other machine can reach."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
