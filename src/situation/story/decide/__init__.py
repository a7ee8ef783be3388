"""The mechanisms of a story as kernels that look at its world of tables and write rows, and what they read of the ground.

As Python they simulate one story at a time, compiled those of ensembles (`story/drivers`), with the same bits. Tests hold them,
entry by entry, to the engine that they replaced (`tests/oracles/fold`).
"""

__all__: list[str] = []
