"""What each row changes, as kernels: the only writers of a world. Tests hold them to `log/effects`, row by row."""

__all__: list[str] = []
