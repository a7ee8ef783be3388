"""Statistics of many stories: shares with their intervals, where the spread comes from, and what tells early."""

from __future__ import annotations

__all__: list[str] = []
