"""The cluster on which a command simulates its stories, where one is named: a scheduler of dask.distributed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from situation.errors import Fault, SituationError, how_to_install

__all__ = ["executor_at"]

_PATIENCE = "10s"
"""How long a scheduler may take to answer."""


@contextmanager
def executor_at(address: str | None) -> Iterator[Executor | None]:
    """What runs stories on a cluster; None where no address is given.

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
    connect: Any = Client
    try:
        client: Any = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        advice = "Start one with 'dask scheduler', or correct the address."
        raise SituationError(f"No scheduler answers at {address}. {advice}", argument="cluster") from None
    except ValueError:
        raise Fault(f"{address} is no address.", "Give one such as tcp://host:8786.", argument="cluster") from None
    with client, client.get_executor(pure=False) as executor:
        yield executor
