"""Jobs of the served edition: a queue, one process at a time, and how far each is."""

from __future__ import annotations

__all__: list[str] = []
