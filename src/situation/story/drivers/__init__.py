"""What drives the kernels of a story: the loop over what falls due."""

__all__: list[str] = []
