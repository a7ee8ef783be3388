"""What the processes of one run of the tests share: a folder (tests/conftest.py), where each file is made once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

__all__ = ["this_process", "written_once"]


def this_process() -> int:
    """The number of this process among those that run the tests; 0 where there is one."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def written_once(name: str, content: Callable[[], bytes]) -> Path:
    """The shared file of a name, made where it is not there yet: written whole, then renamed.

    Two processes may both make it, from equal inputs and so to equal bytes; neither waits for the other.
    """
    path = Path(os.environ["SITUATION_TESTS_FOLDER"]) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_bytes(content())
        part.rename(path)
    return path
