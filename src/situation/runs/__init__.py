"""Run folders: the identity of a run, and how its folder is made, written, read and found again."""

from __future__ import annotations

__all__: list[str] = []
