"""Text packed so that it fits into the page: base64 of gzip, which the browser unpacks (`assets/core/inflate.js`)."""

import base64
import gzip
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = ["packed", "packed_plotly", "plotly_hash", "plotly_script", "unpacked"]

_UNKNOWN_SYSTEM = 255
_SYSTEM_BYTE = 9


def packed(content: bytes) -> str:
    """Pack bytes as base64 of gzip. The same bytes give the same text: no time and no system in the header.

    The result holds letters, digits, `+`, `/` and `=` alone, so it can neither open nor close an element.
    """
    compressed = bytearray(gzip.compress(content, compresslevel=9, mtime=0))
    compressed[_SYSTEM_BYTE] = _UNKNOWN_SYSTEM
    return base64.b64encode(bytes(compressed)).decode("ascii")


def unpacked(text: str) -> bytes:
    """Undo `packed`."""
    return gzip.decompress(base64.b64decode(text))


@cache
def plotly_script() -> bytes:
    """Read plotly.min.js out of the installed package, without importing the package.

    Raises:
        FileNotFoundError: plotly is not installed, or carries no script.
    """
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package 'plotly' is not installed. Install it: pip install plotly")
    return (Path(next(iter(spec.submodule_search_locations))) / "package_data" / "plotly.min.js").read_bytes()


@cache
def packed_plotly() -> str:
    """Pack the script; the same script gives the same text."""
    return packed(plotly_script())


@cache
def plotly_hash() -> str:
    """Give the script's SHA-256 in the form a Content-Security-Policy names it: ``sha256-...``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(plotly_script()).digest()).decode("ascii")
