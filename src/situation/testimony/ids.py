"""Which names can be ids, and which of them names of folders and files."""

from __future__ import annotations

import re

from situation.errors import Fault

__all__ = ["check_folder_id", "check_id"]


def check_id(name: str) -> None:
    """Check that a name can be an id: the names of cells and happenings join ids by other signs.

    Raises:
        Fault: it has other signs than letters, digits, hyphens and underscores, or none.
    """
    if re.fullmatch(r"[\w-]*\w[\w-]*", name) is None:
        raise Fault(f"'{name}' cannot be an id.", "Use letters, digits, hyphens and underscores.", ("id",))
    if len(name) > _LONGEST_ID:
        raise Fault(
            f"'{name[:20]}...' is too long an id: {len(name):,} letters.", f"Use {_LONGEST_ID} at most.", ("id",)
        )


def check_folder_id(name: str) -> None:
    """Check that a name can be an id after which folders and files are named.

    Raises:
        Fault: it is no id, too long, or a name that no folder can have in Windows.
    """
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > _LONGEST_FOLDER_ID:
        raise Fault(f"'{name[:20]}...' is too long an id: {size} bytes.", f"Use {_LONGEST_FOLDER_ID} at most.", ("id",))
    check_id(name)
    if _DEVICE.fullmatch(name):
        raise Fault(f"'{name}' cannot be an id: Windows keeps the name for a device.", "Use another.", ("id",))


_DEVICE = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)
"""Names that Windows keeps for devices, in any case. Source: "Naming Files, Paths, and Namespaces", Microsoft Learn."""
_LONGEST_ID = 250
"""Letters. ASSUMED: twice the longest that an import makes."""
_LONGEST_FOLDER_ID = 100
"""Bytes: two such ids, and what stands between and behind them, make a name that every file system takes (255)."""
