"""The log: its entries, and the fold, the only writer of state, with the effect and the sentence of every event."""

from __future__ import annotations

__all__: list[str] = []
