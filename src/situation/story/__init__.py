"""Stories: the log of a record continued under a scenario, day by day."""

from __future__ import annotations

__all__: list[str] = []
