"""Doctrines from outside, which no kernel follows: they are called where a plan follows one, in a story simulated as Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from situation.kernel import stand_in
from situation.story.apply.writer import Stop, stop

__all__ = ["follow_outside", "followed_by"]

Follow = Callable[[int, int], None]
"""Gives the orders of a plan by a doctrine, both by their numbers."""
_FOLLOW: ContextVar[Follow | None] = ContextVar("_FOLLOW", default=None)


def _none() -> Callable[[Any, int, int], None]:
    def follow_outside(w: Any, plan: int, doctrine: int) -> None:
        stop(w, Stop.UNKNOWN_DOCTRINE)

    return follow_outside


@stand_in(_none, _nrt=False)
def follow_outside(w: Any, plan: int, doctrine: int) -> None:
    """Give the orders of a doctrine that is none of the project's own; a world in which nobody follows it stops."""
    follow = _FOLLOW.get()
    if follow is None:
        stop(w, Stop.UNKNOWN_DOCTRINE)
    else:
        follow(plan, doctrine)


@contextmanager
def followed_by(follow: Follow) -> Iterator[None]:
    """Let doctrines from outside be followed in what is simulated meanwhile."""
    token = _FOLLOW.set(follow)
    try:
        yield
    finally:
        _FOLLOW.reset(token)
