"""One engagement, fought by the rules: `situation battle`, to hold them against theory and published battles."""

from __future__ import annotations

__all__: list[str] = []
