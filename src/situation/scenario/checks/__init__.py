"""Checks of a scenario, beyond its form: every name known, every number whole, every trigger able to fire."""

from __future__ import annotations

__all__: list[str] = []
