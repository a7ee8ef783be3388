"""Testimony: claims, sources, the ground and the opening, as they are read from files with their file:line:col."""

from __future__ import annotations

__all__: list[str] = []
