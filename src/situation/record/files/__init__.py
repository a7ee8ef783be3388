"""Files of a situation's folder beside its claims: claims that nothing reads, and the sources' texts."""

from __future__ import annotations

__all__: list[str] = []
