"""The program held against what is known exactly: exact chains, closed forms, a war with a known solution, known scores.

Each file gives the checks of one group; `report` has them all, in order.
"""

from __future__ import annotations

__all__: list[str] = []
