"""The mechanisms of a story as kernels that look at its world of tables and write rows, and what they read of the ground.

Compiled they simulate the stories of ensembles (`story/drivers`). Each story is, entry by entry, that of the mechanisms of
`story/battle`, `story/march` and the others, which look at the fold, and which tests hold them to (`test_whole_stories`).
"""

__all__: list[str] = []
