"""The one writer of a world: what each row changes, as kernels."""

__all__: list[str] = []
