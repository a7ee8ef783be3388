"""Text packed so that it fits into the page: base64 of gzip, which the browser unpacks (`assets/inflate.js`)."""

import base64
import gzip

__all__ = ["packed", "unpacked"]

_UNKNOWN_SYSTEM = 255
_SYSTEM_BYTE = 9


def packed(content: bytes) -> str:
    """Pack bytes as base64 of gzip. The same bytes give the same text: no time and no system in the header.

    What comes out holds letters, digits, `+`, `/` and `=` alone, so it can neither open nor end an element.
    """
    told = bytearray(gzip.compress(content, compresslevel=9, mtime=0))
    told[_SYSTEM_BYTE] = _UNKNOWN_SYSTEM
    return base64.b64encode(bytes(told)).decode("ascii")


def unpacked(text: str) -> bytes:
    """Undo `packed`."""
    return gzip.decompress(base64.b64decode(text))
