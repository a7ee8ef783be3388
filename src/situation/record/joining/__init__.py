"""What claims are about, which of them stand, and which tell of one thing."""

from __future__ import annotations

__all__: list[str] = []
