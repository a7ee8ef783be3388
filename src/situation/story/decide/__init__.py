"""The mechanisms of a story as kernels that look at its world of tables and write rows, and what they read of the ground.

No story is simulated on them yet: what they read and write is held to the fold's in `tests/property`
(`test_ways`, `test_decisions`, `test_mornings`). When all are there, those of `story/battle`, `story/march` and the others,
which look at the fold, go.
"""

__all__: list[str] = []
