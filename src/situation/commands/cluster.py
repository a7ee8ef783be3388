"""The cluster on which a command simulates its stories, where one is named: a scheduler of dask.distributed."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from situation.errors import Fault, SituationError, how_to_install
from situation.runs.folder import Note

__all__ = ["executor_at"]

_PATIENCE = 10.0
"""How many seconds a scheduler may take to let one in."""
_TO_ANSWER = 5.0
"""And to say who it is."""
_EXAMPLE = "Give one such as tcp://host:8786."
_CERTIFICATES = "Name them in the configuration of dask, under distributed.comm.tls."
_HOW_TO_START = "Start one with 'dask scheduler', or correct the address."
_NO_ANSWER_OF_ITS_KIND = (TimeoutError, MemoryError, ValueError, LookupError, AttributeError, TypeError)
"""What comes of reading words of another protocol as those of dask: lengths beyond all memory among them."""


@contextmanager
def executor_at(address: str | None, note: Note) -> Iterator[Executor | None]:
    """What runs stories on a cluster; None where no address is given.

    Args:
        address: of the scheduler.
        note: is told that no worker is there yet.

    Raises:
        Fault: dask.distributed is not installed, or this is no address.
        SituationError: no scheduler answers.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise Fault(
            "A cluster needs a package that is not here.",
            how_to_install("cluster"),
            argument="cluster",
        ) from None
    _check_scheduler(address, note)
    connect: Any = Client
    try:
        client: Any = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        raise SituationError(f"No scheduler answers at {address}. {_HOW_TO_START}", argument="cluster") from None
    with client, client.get_executor(pure=False) as executor:
        yield executor


def _check_scheduler(address: str, note: Note) -> None:
    """Ask who is at an address before a client is made: one that cannot be connected waits long, and ends with a traceback.

    Raises:
        Fault: this is no address.
        SituationError: nobody answers, or somebody who is no scheduler.
    """
    from distributed.comm import addressing, registry

    addresses: Any = addressing
    backends: Any = registry
    try:
        scheme, place = addresses.parse_address(address)
        backends.get_backend(scheme)
        addresses.parse_host_port(place)
    except ValueError:
        raise Fault(f"'{address}' is no address.", _EXAMPLE, argument="cluster") from None
    ways = _certificates()
    if scheme == "tls" and ways.get("ssl_context") is None:
        raise Fault(f"{address} needs certificates, and none are known here.", _CERTIFICATES, argument="cluster")
    try:
        answer = asyncio.run(_who_answers(address, ways))
    except ssl.SSLError as error:
        fact = f"The certificates do not fit those of {address}: {error.reason}."
        raise Fault(fact, _CERTIFICATES, argument="cluster") from None
    except _NO_ANSWER_OF_ITS_KIND:
        fact = f"What answers at {address} is no scheduler."
        raise SituationError(f"{fact} {_HOW_TO_START}", argument="cluster") from None
    except OSError:
        raise SituationError(f"No scheduler answers at {address}. {_HOW_TO_START}", argument="cluster") from None
    if answer.get("type") == "Worker":
        advice = f"Name its scheduler, {answer.get('scheduler')}."
        raise Fault(f"A worker answers at {address}.", advice, argument="cluster")
    if not answer.get("workers", True) and not answer.get("n_workers"):
        note(
            f"The scheduler at {address} has no worker yet. Start some with 'dask worker {address}'; this waits for them."
        )


def _certificates() -> dict[str, Any]:
    """How dask is configured to connect.

    Raises:
        Fault: a certificate that its configuration names cannot be read.
    """
    from distributed import security

    certificates: Any = security
    try:
        return dict(certificates.Security().get_connection_args("client"))
    except OSError as error:  # ssl's errors among them
        fact = f"A certificate of dask's configuration cannot be read: {error.strerror or error}."
        raise Fault(fact, _CERTIFICATES, argument="cluster") from None


async def _who_answers(address: str, ways: dict[str, Any]) -> dict[str, Any]:
    """What a server of dask.distributed says that it is.

    Raises:
        OSError: nobody answers.
        TimeoutError: somebody does, but not to the question.
    """
    from distributed import core

    asking: Any = core

    async def identity() -> dict[str, Any]:
        line = await asking.connect(address, timeout=_PATIENCE, **ways)
        try:
            return dict(await asking.send_recv(line, op="identity"))
        finally:
            line.abort()

    return await asyncio.wait_for(identity(), _PATIENCE + _TO_ANSWER)
