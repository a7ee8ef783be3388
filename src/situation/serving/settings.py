"""The settings of a server: its situation and runs, its address and token, and the limits of its work."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path

from attrs import frozen

from situation.errors import Fault
from situation.testimony.disk.reading import what_lies_at, why_none

__all__ = ["Limits", "Settings", "host_named", "is_loopback"]

_LEAST_TOKEN_LETTERS = 16
"""A shorter token could be guessed."""
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?")
"""A name or an address, that of IPv6 in brackets, and a port: what browsers send as `Host`."""
_USUAL_STORIES = 200
"""The stories that the form proposes: about a minute's work."""


@frozen
class Limits:
    """The limits of the work. One job runs at a time.

    Args:
        waiting: jobs that may wait.
        stories: stories in one job.
        minutes: duration of a job.
        head: bytes of a request before its body.
        body: bytes of a request's body.
        kept: ended jobs that are remembered.
        streams: pages that may watch jobs at once.
        changed: changed scenarios that are stored.
        lines: connections at once.
        patience: seconds in which the head of a request must arrive, and then its body.
        taking: seconds in which something of an answer must be taken, where it waits for its reader.
        tables: tables that are written as CSV at once.
        values: in a table that is written as CSV.
        guesses: wrong tokens from one address in a minute.
    """

    waiting: int = 8
    stories: int = 2000
    minutes: float = 60.0
    head: int = 32 * 1024
    body: int = 256 * 1024
    kept: int = 50
    streams: int = 32
    changed: int = 500
    lines: int = 512
    patience: float = 10.0
    taking: float = 30.0
    tables: int = 8
    values: int = 50_000_000
    guesses: int = 10

    @property
    def usual(self) -> str:
        """The number of stories that a form proposes."""
        return str(min(_USUAL_STORIES, self.stories))

    def __attrs_post_init__(self) -> None:
        for name, value in (("waiting", self.waiting), ("stories", self.stories), ("minutes", self.minutes)):
            if not value > 0:
                raise Fault(f"{value} bounds everything away.", "Give more than 0.", argument=name)


@frozen
class Settings:
    """The settings of one server.

    Args:
        situation: the folder whose scenarios it starts.
        runs: the folder of its run folders.
        host, port: where it listens; port 0: any that is free.
        token: required of every request; None: no token.
        names: further host names to which it answers.
        workers: processes for the stories.
        limits: the limits of its work.
        release: when what it shows is shown; what is under embargo then is left out. None: nothing is.
    """

    situation: Path
    runs: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    names: tuple[str, ...] = ()
    workers: int = 1
    limits: Limits = Limits()
    release: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.token is not None and len(self.token) < _LEAST_TOKEN_LETTERS:
            raise Fault(
                f"{len(self.token)} characters could be guessed.",
                f"Use {_LEAST_TOKEN_LETTERS} or more, made at random.",
                argument="token",
            )
        if self.token is not None and not _sendable(self.token):
            raise Fault(
                "It holds what a browser or a program cannot send.",
                "Use letters without accents, digits and marks of ASCII, and no space at its ends.",
                argument="token",
            )
        if self.token is None and not is_loopback(self.host):
            raise Fault(
                f"{self.host} can be reached from other machines, and no token guards it.",
                "Guard it with one, or listen on this machine alone.",
                argument="host",
            )
        lowest = next((path for path in (self.runs, *self.runs.absolute().parents) if what_lies_at(path)), None)
        if lowest is not None and not lowest.is_dir():
            raise Fault(f"{lowest}: {why_none(lowest, 'a folder')}", "Name a folder for the runs.", argument="runs-dir")
        for name in self.names:
            if host_named(name) != name.lower():
                advice = "Write it as in maps.example.org, without scheme, port and path."
                raise Fault(f"'{name}' is no name of a machine.", advice, argument="name")
        if not 0 <= self.port <= 65535:
            advice = "Give one of 1 to 65535, or 0 for any that is free."
            raise Fault(f"{self.port} is no port.", advice, argument="port")


def _sendable(token: str) -> bool:
    """Whether a token can be sent in a header unchanged."""
    return token.isascii() and token.isprintable() and token == token.strip()


def host_named(written: str) -> str | None:
    """The name or address in a `Host` header, in small letters; None where it is not written as browsers write it."""
    read = _HOST.fullmatch(written)
    if read is None or int(read[3] or 0) > 65535:
        return None
    return (read[1] or read[2]).lower()


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's loopback, which no other machine can reach."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
