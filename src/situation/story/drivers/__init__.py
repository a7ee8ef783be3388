"""What drives the kernels of a story: SimPy's clock, one story at a time, and a loop of compiled ones."""

__all__: list[str] = []
