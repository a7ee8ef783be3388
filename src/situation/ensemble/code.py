"""Which code simulates the stories: the digest of every source file of the package."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources

__all__ = ["code_digest"]


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The digest of every source file of the package, as they were when it was first asked."""
    digest = hashlib.sha256()
    root = resources.files("situation")
    with resources.as_file(root) as folder:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".js", ".css", ".html"):
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
