"""Dating: how a date is written, by EDTF or as people write it, and the clock that makes minutes of it."""

from __future__ import annotations

__all__: list[str] = []
