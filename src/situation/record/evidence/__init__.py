"""Which claims stand for a value and which against it, of what time each speaks, and what was taken back."""

from __future__ import annotations

__all__: list[str] = []
