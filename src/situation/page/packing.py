"""Text packed so that it fits into the page: base 85 of gzip, which the browser unpacks (`assets/core/inflate.js`).

Base 85 writes four bytes as five signs, base 64 three as four: of the charting library that is a tenth of a megabyte.
"""

import base64
import gzip
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

__all__ = ["packed", "packed_plotly", "plotly_hash", "plotly_script", "unpacked"]

_UNKNOWN_SYSTEM = 255
_SYSTEM_BYTE = 9
_SIGNS: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;/=>?@^_`{|}~"
"""The 85 signs of RFC 1924 in their order, with `/` for `<`: so nothing in the text can open or close an element."""
_IN_PYTHON: Final = bytes.maketrans(b"/", b"<")


def packed(content: bytes) -> str:
    """Pack bytes as base 85 of gzip. The same bytes give the same text: no time and no system in the header."""
    compressed = bytearray(gzip.compress(content, compresslevel=9, mtime=0))
    compressed[_SYSTEM_BYTE] = _UNKNOWN_SYSTEM
    lacking = -len(compressed) % 4
    fours = np.frombuffer(bytes(compressed) + bytes(lacking), ">u4")
    digits = fours[:, np.newaxis] // 85 ** np.arange(4, -1, -1, dtype=np.uint32) % 85
    text = np.frombuffer(_SIGNS, np.uint8)[digits].tobytes().decode("ascii")
    return text[: len(text) - lacking]


def unpacked(text: str) -> bytes:
    """Undo `packed`."""
    return gzip.decompress(base64.b85decode(text.encode("ascii").translate(_IN_PYTHON)))


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
