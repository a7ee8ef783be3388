"""Which of rival answers is accepted: the beliefs, the weights of claims, and the event of all its claims."""

from __future__ import annotations

__all__: list[str] = []
