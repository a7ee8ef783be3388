"""The cluster on which a command simulates its stories, where one is named: a scheduler of dask.distributed."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
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
_LAST_PORT = 65_535
_TALKATIVE = ("distributed", "tornado", "asyncio")


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
    _quiet_libraries()
    connect: Any = Client
    try:
        client: Any = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        raise SituationError(f"No scheduler answers at {address}. {_HOW_TO_START}", argument="cluster") from None
    with client, client.get_executor(pure=False) as executor:
        yield executor


def _quiet_libraries() -> None:
    """Have dask and what it is built on keep to themselves what they log of a cluster that ends: a sentence says it."""
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] in _TALKATIVE]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


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
        host, port = addresses.parse_host_port(place)
        host.encode("idna")
        if not host or not 0 < port <= _LAST_PORT:
            raise ValueError
    except ValueError:
        raise Fault(f"'{address}' is no address.", _EXAMPLE, argument="cluster") from None
    ways = _certificates()
    if scheme == "tls" and ways.get("ssl_context") is None:
        raise Fault(f"{address} needs certificates, and none are known here.", _CERTIFICATES, argument="cluster")

    def ask() -> dict[str, Any]:
        socket.getaddrinfo(host, port)  # nothing can break off a name server that is silent, so it is asked apart
        return asyncio.run(_who_answers(address, ways))

    try:
        answer = _answer_within(_PATIENCE + _TO_ANSWER, ask)
    except ssl.SSLError as error:
        fact = f"The certificates do not fit those of {address}: {error.reason}."
        raise Fault(fact, _CERTIFICATES, argument="cluster") from None
    except TimeoutError:
        fact = f"No scheduler answers at {address} within {_PATIENCE + _TO_ANSWER:g} seconds."
        raise SituationError(f"{fact} {_HOW_TO_START}", argument="cluster") from None
    except socket.gaierror as error:
        fact = f"'{host}' leads to no machine: {error.strerror}."
        raise SituationError(f"{fact} Correct the address.", argument="cluster") from None
    except OSError:
        raise SituationError(f"No scheduler answers at {address}. {_HOW_TO_START}", argument="cluster") from None
    except Exception:  # noqa: BLE001  # words of another protocol, read as those of dask, go wrong in many ways
        answer = {}
    if answer.get("type") == "Worker":
        advice = f"Name its scheduler, {answer.get('scheduler')}."
        raise Fault(f"A worker answers at {address}.", advice, argument="cluster")
    if "workers" not in answer:
        fact = f"What answers at {address} is no scheduler."
        raise SituationError(f"{fact} {_HOW_TO_START}", argument="cluster")
    if not answer["workers"] and not answer.get("n_workers"):
        note(
            f"The scheduler at {address} has no worker yet. Start some with 'dask worker {address}'; this waits for them."
        )


def _answer_within(seconds: float, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a question is answered, in a thread that is left behind where it takes longer.

    Raises:
        TimeoutError: it does.
    """
    answer: Future[dict[str, Any]] = Future()

    def wait() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001  # whoever asks raises it
            answer.set_exception(error)

    threading.Thread(target=wait, name="who answers", daemon=True).start()
    return answer.result(seconds)


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
