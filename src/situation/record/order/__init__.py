"""In what order the events of one place happened, and what it leaves open."""

from __future__ import annotations

__all__: list[str] = []
