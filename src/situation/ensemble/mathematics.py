"""Room for the packages of mathematics: short of memory, the linear algebra in them asks for it without end, and never fails."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from situation.errors import SituationError

__all__ = ["require_room"]

_NEEDED = {"scipy": 160, "SALib": 310}
"""Megabytes of addresses that each takes when it is loaded, and a little over; measured."""


def require_room(package: Literal["scipy", "SALib"]) -> None:
    """Check that a package can be loaded within the limit of memory (`ulimit -v`), where there is one.

    Raises:
        SituationError: it cannot.
    """
    if sys.platform != "linux" or "scipy.linalg" in sys.modules:
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return
    taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    left, needed = max(0, limit - taken) >> 20, _NEEDED[package]
    if left < needed:
        fact = f"The limit of memory leaves {left} MB, and the mathematics of this takes {needed}."
        raise SituationError(f"{fact} Raise it (ulimit -v), and give the same command again.")
