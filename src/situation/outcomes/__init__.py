"""Outcomes: what happens when actors meet circumstances, each mechanism in a room of its own."""

from __future__ import annotations

__all__: list[str] = []
