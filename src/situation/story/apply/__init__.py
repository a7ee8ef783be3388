"""The effects of `log/effects` once more, as kernels on tables, held to the fold by tests; no story is told on them yet."""

__all__: list[str] = []
