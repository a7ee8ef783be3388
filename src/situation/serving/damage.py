"""What is said of a file of a run folder that cannot be read: the file, and what to do; the others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from situation.errors import Fault, SituationError

__all__ = ["readable"]


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Around what reads a file, and takes from it what a run's file holds.

    A damaged table may be refused as one of a kind that PyArrow does not read, which is a NotImplementedError.

    Raises:
        Fault: it is not there, or holds something else.
    """
    try:
        yield
    except SituationError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, NotImplementedError) as error:
        fact = f"{file}: The file is gone or damaged ({type(error).__name__})."
        raise Fault(fact, "Remove the folder, and run again.") from error
