"""A way of writing that is put under faults, and the small run that it writes in the place of a large one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from attrs import define, field

from situation.runs.folder import PARTIAL
from situation.runs.identity import digest_of
from situation.runs.manifest import MANIFEST, PAGE, file_rows, manifest_of

__all__ = ["RUNS", "Note", "Writer", "content_of", "digest_of_run", "identity_of", "run_files"]

Note = Callable[[str], None]
RUNS = 24
"""Stories of a small ensemble: three chunks."""


@define
class Writer:
    """A way of writing, in a folder of its own.

    Args:
        home: the folder.
        done: what was acknowledged, in its order.
        begun: what was begun and not acknowledged: killed, refused, or still under way.
    """

    home: Path
    done: list[int] = field(factory=list)
    begun: list[int] = field(factory=list)

    def prepare(self) -> None:
        """Make what must be there before, on a disk that does not fail."""

    def write(self, version: int, note: Note) -> None:
        """Write a version; to return is to acknowledge it."""
        raise NotImplementedError

    def look(self) -> None:
        """Look at what everybody can see: whole, and nothing acknowledged is gone."""
        raise NotImplementedError

    def tidy(self, version: int) -> None:
        """Look at what is left over of a version, once a call came to its end without a fault."""

    def left(self, version: int) -> bool:
        """Whether a call that was cut off left something of which the next one, of a version, must speak."""
        return any(path for path in (self.home / PARTIAL).glob(".situation-*/*"))


def run_files(version: int, page: int | None = None) -> dict[str, bytes]:
    """The files of a small run."""
    files = {f"table-{number}.bin": hashlib.sha256(f"{version} {number}".encode()).digest() * 9 for number in range(3)}
    files[PAGE] = f"page {version if page is None else page}".encode()
    return {**files, MANIFEST: manifest_of(identity_of(version), file_rows(files))}


def identity_of(version: int) -> dict[str, str]:
    """What the manifest of a small run says of it."""
    identity = {"kind": "comparison", "first": "a" * 64, "second": f"{version:064}"}
    return {**identity, "digest": digest_of(identity)}


def digest_of_run(version: int) -> str:
    return str(json.loads(run_files(version)[MANIFEST])["digest"])


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
