"""One engagement, fought by the rules: `situation battle`, which compares them with theory and published battles."""

from __future__ import annotations

__all__: list[str] = []
