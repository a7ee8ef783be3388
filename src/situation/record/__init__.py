"""The record: what the claims known at a moment come to, by a belief; why, and on what the sources disagree.

Inside, imports go from `joining` to `beliefs` and `order`, to the reading, to `evidence`, to the record, to `answers`.
"""

from __future__ import annotations

__all__: list[str] = []
