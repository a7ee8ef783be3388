"""Names as ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

__all__ = ["slug"]

_LONGEST_ID: Final = 90
"""Letters of an id: of a name that has more, as of many groups together, the id ends with a digest of it."""


def slug(name: str) -> str:
    """A name as an id: lower case, without accents, hyphens between words."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    plain = re.sub(r"[ʿʾ'’‘\u02bc`]", "", plain)
    made = re.sub(r"[\W_]+", "-", plain).strip("-") or "unnamed"
    if len(made) <= _LONGEST_ID:
        return made
    return f"{made[:_LONGEST_ID].rpartition('-')[0]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
