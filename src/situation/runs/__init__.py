"""Run folders: what a run is, how its folder is written, read, and found again."""

from __future__ import annotations

__all__: list[str] = []
