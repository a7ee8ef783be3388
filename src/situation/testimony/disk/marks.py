"""The mark by which a picture or a PDF that was made here is told from others: nobody sees it, and it says nothing else."""

from __future__ import annotations

import zlib

__all__ = ["MADE_HERE", "marked_pdf", "marked_png"]

MADE_HERE = b"Made by situation"
_SIGNATURE, _HEADER = 8, 25
"""Bytes of what every PNG begins with: its signature, and the chunk of its size."""


def marked_png(content: bytes) -> bytes:
    """A PNG that says by what program it was made, as `Software` says it in any."""
    at = _SIGNATURE + _HEADER
    body = b"tEXt" + b"Software\0" + MADE_HERE
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return content[:at] + chunk + content[at:]


def marked_pdf(content: bytes) -> bytes:
    """A PDF with a comment behind its end, where readers look for nothing."""
    return content.rstrip(b"\n") + b"\n% " + MADE_HERE + b"\n"
