"""What the forms of the served edition ask for: a run, with numbers changed or not, or a comparison."""

from __future__ import annotations

__all__: list[str] = []
