"""Runs as they are kept: what is named is found, read where its folder is there, and told into one where it is not."""

__all__: list[str] = []
